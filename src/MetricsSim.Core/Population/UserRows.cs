using MetricsSim.Core.Engine;
using MetricsSim.Core.Randomness;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Population;

/// <summary>
/// The row axis of user series: one row per user while <c>user_id</c> is on, else one per combination of the remaining user labels that
/// occurs. A shard has rows of its own users only.
/// </summary>
public sealed class UserRows : LabelRows
{
    /// <summary>The row of a user whose series another shard keeps.</summary>
    public const int Foreign = -1;

    private readonly WorldOptions _options;
    private readonly UserDirectory _directory;
    private readonly bool _withLanguage;
    private readonly string[] _organizations;
    private readonly List<int>? _userOfRow;

    /// <summary>Finds the rows.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="directory">Who the users are.</param>
    /// <param name="withLanguage">Whether <c>language</c>, the user's preferred one, is among the labels.</param>
    public UserRows(WorldOptions options, UserDirectory directory, bool withLanguage)
    {
        _options = options;
        _directory = directory;
        _withLanguage = withLanguage;
        _organizations = [.. Enumerable.Range(0, options.Population.Organizations).Select(directory.OrganizationId)];
        var labels = options.Telemetry.Labels;
        // The other labels of one user are empty for all users with an API key, who then share a row.
        PerUser = labels.UserId;
        var shard = options.Telemetry.Shard;
        if (PerUser && shard.IsWhole) return;
        _userOfRow = [];
        RowOfUser = new int[options.Population.Total];
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var user = 0; user < RowOfUser.Length; user++)
        {
            RowOfUser[user] = shard.Owns(user) ? RowOf(user, rows) : Foreign;
        }
    }

    /// <summary>Whether each user has a row of its own.</summary>
    public bool PerUser { get; }

    /// <summary>
    /// The row of each user, <see cref="Foreign"/> for those of other shards; null while every user has a row, when it is the user's index.
    /// </summary>
    public int[]? RowOfUser { get; }

    /// <inheritdoc />
    public override int Count => _userOfRow?.Count ?? _options.Population.Total;

    /// <inheritdoc />
    public override IReadOnlyList<Label> Labels(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return UserLabels(UserOf(row));
    }

    /// <summary>A label's name as it is published.</summary>
    /// <param name="name">The name as OpenTelemetry has it.</param>
    internal string NameOf(string name) => _options.Telemetry.Style.NameOf(name);

    /// <summary>Labels of a user's row, whichever row that is.</summary>
    /// <param name="user">Index of the user.</param>
    public IReadOnlyList<Label> LabelsOf(int user) => UserLabels(user);

    /// <summary>The version of the client that a row's user is on; where users share rows they share it only with <c>app_version</c>.</summary>
    /// <param name="row">The row.</param>
    internal int VersionOf(int row) => VersionOfUser(UserOf(row));

    /// <summary>The version of the client that a user is on.</summary>
    /// <param name="user">Index of the user.</param>
    internal int VersionOfUser(int user) => ClientVersions.Of(_directory, user);

    /// <summary>What draws about a row are keyed by: the user's index, or the labels where users share rows; so no other row matters.</summary>
    /// <param name="row">The row.</param>
    internal ulong KeyOf(int row) =>
        PerUser ? (ulong)UserOf(row) : KeyedRandom.KeyOf(string.Join('\u0001', Labels(row).Select(label => $"{label.Name}={label.Value}")));

    private int UserOf(int row) => _userOfRow is null ? row : _userOfRow[row];

    private int RowOf(int user, Dictionary<string, int> rows)
    {
        var row = _userOfRow!.Count;
        if (!PerUser)
        {
            var key = string.Join('\u0001', UserLabels(user).Select(label => label.Value));
            if (!rows.TryAdd(key, row)) return rows[key];
        }

        _userOfRow.Add(user);
        return row;
    }

    /// <summary>
    /// Whether rows made from other options have the same labels, told from the options: asking a million rows takes seconds. Seed and
    /// number of users must be the same.
    /// </summary>
    /// <param name="other">The other rows.</param>
    /// <returns>False where they differ, or only might.</returns>
    internal bool HasLabelsOf(UserRows other)
    {
        var (labels, others) = (_options.Telemetry.Labels, other._options.Telemetry.Labels);
        var (users, otherUsers) = (_options.Population, other._options.Population);
        return _withLanguage == other._withLanguage
            && NameOf(".") == other.NameOf(".")
            && labels == others with { ResourceAttributes = labels.ResourceAttributes }
            && labels.ResourceAttributes.Select(attribute => attribute.Name).SequenceEqual(others.ResourceAttributes.Select(attribute => attribute.Name))
            && labels.ResourceAttributes.Zip(others.ResourceAttributes).All(pair => pair.First.Values.SequenceEqual(pair.Second.Values))
            && users.Segments.Select(segment => (segment.UserType, segment.Fraction)).SequenceEqual(otherUsers.Segments.Select(segment => (segment.UserType, segment.Fraction)))
            && users.Organizations == otherUsers.Organizations
            && users.ApiKeyShare == otherUsers.ApiKeyShare
            && users.Terminals.SequenceEqual(otherUsers.Terminals)
            && users.Languages.SequenceEqual(otherUsers.Languages);
    }

    private List<Label> UserLabels(int user)
    {
        var switches = _options.Telemetry.Labels;
        var profile = _directory.Profile(user);
        var oauth = profile.Organization >= 0;
        var labels = new List<Label>(8);
        if (switches.UserId) labels.Add(new(NameOf("user.id"), UserDirectory.UserId(user)));
        if (switches.UserType) labels.Add(new("user_type", _options.Population.Segments[profile.Segment].UserType));
        if (switches.OrganizationId) labels.Add(new(NameOf("organization.id"), oauth ? _organizations[profile.Organization] : ""));
        if (switches.TerminalType) labels.Add(new(NameOf("terminal.type"), _options.Population.Terminals[profile.Terminal].Name));
        if (switches.UserEmail) labels.Add(new(NameOf("user.email"), oauth ? $"{UserDirectory.UserId(user)}@example.com" : ""));
        if (switches.UserAccountUuid) labels.Add(new(NameOf("user.account_uuid"), oauth ? _directory.AccountUuid(user) : ""));
        if (switches.AppVersion) labels.Add(new(NameOf("app.version"), ClientVersions.All[VersionOfUser(user)]));
        foreach (var (name, values) in switches.ResourceAttributes)
            labels.Add(new(name, values[values.Count == 1 ? 0 : _directory.ResourceValue(user, name, values.Count)]));
        if (_withLanguage) labels.Add(new("language", _options.Population.Languages[profile.Language].Name));
        return labels;
    }
}
