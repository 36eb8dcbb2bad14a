using MetricsSim.Core.Faults;
using MetricsSim.Core.Population;

namespace MetricsSim.Core.Series;

/// <summary>
/// The rows of user series that gaps take off the page, and the series that a version of the client does not tell. They follow from the
/// gaps in force, so there is no state to keep.
/// </summary>
/// <param name="families">The population's families.</param>
internal sealed class HiddenRows(PopulationFamilies families)
{
    private ActiveFault[] _gaps = [];
    private RowMask? _users;
    private RowMask? _usersByLanguage;
    private RowMask?[]? _families;

    /// <summary>Finds the rows, unless the gaps are those of before.</summary>
    /// <param name="gaps">Those in force.</param>
    public void Follow(IReadOnlyList<ActiveFault> gaps)
    {
        if (gaps.SequenceEqual(_gaps)) return;
        _gaps = [.. gaps];
        _users = Of(families.Users);
        _usersByLanguage = Of(families.UsersByLanguage);
        _families = null;
    }

    /// <summary>The hidden rows of an axis, or null for none.</summary>
    /// <param name="axis">Any axis.</param>
    public RowMask? On(LabelRows axis) =>
        ReferenceEquals(axis, families.Users) ? _users : ReferenceEquals(axis, families.UsersByLanguage) ? _usersByLanguage : null;

    /// <summary>The hidden rows of a family as it is published, or null for none.</summary>
    /// <param name="family">Index of the family.</param>
    public RowMask? On(int family)
    {
        _families ??= [.. families.All.Select((of, i) =>
            families.Versioned[i] is { } leaves && of.Rows is UserRows users ? leaves.Hidden(users, On(users)) : On(of.Rows))];
        return _families[family];
    }

    /// <summary>Whether there are any gaps.</summary>
    public bool Any => _users is not null;

    /// <summary>Whether a user's row is hidden.</summary>
    /// <param name="user">A user of the shard.</param>
    public bool Hides(int user) => _users is not null && _users[families.Users.RowOfUser is { } rows ? rows[user] : user];

    private RowMask? Of(UserRows axis) =>
        _gaps.Length == 0 ? null : new RowMask(axis.Count, row => Array.Exists(_gaps, gap => gap.Hits(axis.KeyOf(row))));
}
