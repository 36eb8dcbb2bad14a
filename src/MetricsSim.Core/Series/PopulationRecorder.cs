using MetricsSim.Core.ClientEvents;
using MetricsSim.Core.Numerics;
using MetricsSim.Core.Population;
using MetricsSim.Core.Workload;

namespace MetricsSim.Core.Series;

/// <summary>
/// Where one lane counts what users do. Columns whose rows are the users' own are shared by all lanes, which never write the same row;
/// the others are the lane's, and are added up when a snapshot is taken. All are integers, so no order of adding changes a sum.
/// Of users of other shards it counts only what is about the world.
/// </summary>
internal sealed partial class PopulationRecorder
{
    private readonly int[]? _userRow;
    private readonly int[]? _languageRow;
    private readonly PopulationFamilies _families;
    private readonly int[] _toolErrorLeaf;
    private readonly int[] _editorIndex;
    private readonly int[] _outcomeLeaf;
    private readonly bool _native;
    private readonly int _usageVariants;
    private readonly int _tokenLeaves;
    private readonly int _costLeaves;
    private readonly int _errorLeaves;
    private long[][] _rows;
    private SessionSeries? _series;
    private bool _rowIsUser;

    public PopulationRecorder(PopulationFamilies families, PopulationRecorder? shared)
    {
        _families = families;
        _native = families.HasNative;
        _userRow = families.Users.RowOfUser;
        _languageRow = families.UsersByLanguage.RowOfUser;
        _usageVariants = families.QuerySourceCount * families.EffortCount;
        _tokenLeaves = families.All[families.Tokens].Leaves.Count;
        _costLeaves = families.All[families.Cost].Leaves.Count;
        _errorLeaves = families.All[families.Errors].Leaves.Count;
        _toolErrorLeaf = [.. Enumerable.Range(0, Tools.All.Count).Select(tool => PopulationFamilies.ToolErrorLeaf(tool, 0))];
        _editorIndex = [.. Enumerable.Range(0, Tools.All.Count).Select(tool => Tools.Editors.ToList().IndexOf(tool))];
        _outcomeLeaf = [.. Enum.GetValues<ErrorKind>().Select(kind => PopulationFamilies.RequestOutcomes.ToList().IndexOf(kind))];
        Columns = new long[families.All.Count][];
        _exemplars = new Exemplar[Columns.Length][];
        for (var i = 0; i < Columns.Length; i++)
        {
            var family = families.All[i];
            var perUser = family.Rows is UserRows { PerUser: true };
            Columns[i] = perUser && shared is not null ? shared.Columns[i] : new long[family.CellCount];
            _exemplars[i] = perUser && shared is not null ? shared._exemplars[i]
                : family.HasExemplars ? new Exemplar[checked(family.SeriesCount * family.ExemplarsPerSeries)] : [];
        }

        _rows = Columns;
        Enter(null);
    }

    /// <summary>One column a family, in the order of <see cref="PopulationFamilies.All"/>.</summary>
    public long[][] Columns { get; }

    /// <summary>Requests of the tick that bring a series of their own if there is room.</summary>
    public List<EndedRequest> Exploded { get; } = [];

    /// <summary>Takes what clients tell of what is counted; null while nobody listens.</summary>
    public ClientEventBuffer? Events { get; set; }

    /// <summary>Sums over everybody since tick 0.</summary>
    public long TotalSessions { get; private set; }

    public long TotalRequests { get; private set; }

    public long TotalGivenUp { get; private set; }

    public long TotalTokens { get; private set; }

    public long TotalNanoUsd { get; private set; }

    public long EndedSessions { get; private set; }

    public long FailedSessions { get; private set; }

    public long EndedSessionMicros { get; private set; }

    /// <summary>Counts sessions of a block from now on.</summary>
    /// <param name="series">Their series, or null while series are the users'.</param>
    public void Enter(SessionSeries? series)
    {
        _series = series;
        _rows = series?.Columns ?? Columns;
        _rowIsUser = series is null && _userRow is null;
    }

    public void Session(ulong session, int startType)
    {
        TotalSessions++;
        if (IsForeign(session)) return;
        var starts = _families.StartTypeCount;
        _rows[_families.Sessions][(Row(session) * starts) + (starts == 1 ? 0 : startType)]++;
    }

    public void SessionEnded(ulong session, bool failed, long micros)
    {
        EndedSessions++;
        if (failed) FailedSessions++;
        EndedSessionMicros += micros;
        if (IsForeign(session)) return;
        Observe(_rows, _families.SessionDuration, (Row(session) * 2) + (failed ? 1 : 0), Buckets.SessionDuration, micros);
    }

    /// <summary>A successful request's tokens and cost.</summary>
    /// <param name="session">Key of the session whose it is.</param>
    /// <param name="model">Index of the model.</param>
    /// <param name="querySource">Index of the query source; ignored while its label is off.</param>
    /// <param name="effort">Index of the effort; ignored while its label is off.</param>
    /// <param name="tokens">Tokens by type.</param>
    /// <param name="nanoUsd">Cost.</param>
    /// <param name="trace">The request, see <see cref="Trace"/>.</param>
    public void Usage(ulong session, int model, int querySource, int effort, in TokenCounts tokens, long nanoUsd, in Exemplar trace)
    {
        TotalTokens += tokens.Total;
        TotalNanoUsd += nanoUsd;
        if (IsForeign(session)) return;
        var row = Row(session);
        var usage = (_families.QuerySourceCount == 1 ? 0 : querySource * _families.EffortCount) + (_families.EffortCount == 1 ? 0 : effort);
        var column = _rows[_families.Tokens];
        var cell = (row * _tokenLeaves) + (model * 4 * _usageVariants) + usage;
        column[cell] += tokens.Input;
        column[cell + _usageVariants] += tokens.Output;
        column[cell + (2 * _usageVariants)] += tokens.CacheRead;
        column[cell + (3 * _usageVariants)] += tokens.CacheCreation;
        var cost = (row * _costLeaves) + (model * _usageVariants) + usage;
        _rows[_families.Cost][cost] += nanoUsd;
        if (trace.IsPresent)
        {
            Note(_families.Tokens, cell, trace, tokens.Input);
            Note(_families.Tokens, cell + _usageVariants, trace, tokens.Output);
            Note(_families.Tokens, cell + (2 * _usageVariants), trace, tokens.CacheRead);
            Note(_families.Tokens, cell + (3 * _usageVariants), trace, tokens.CacheCreation);
            Note(_families.Cost, cost, trace, nanoUsd);
        }

        Observe(Columns, _families.TokenUsage, model * 2, Buckets.TokenUsage, tokens.Input);
        Observe(Columns, _families.TokenUsage, (model * 2) + 1, Buckets.TokenUsage, tokens.Output);
    }

    /// <summary>A request that ended: answered, or given up with an error.</summary>
    public void Request(ulong session, int model, ErrorKind outcome, long micros, in Exemplar trace)
    {
        TotalRequests++;
        if (outcome != ErrorKind.None) TotalGivenUp++;
        var leaf = _outcomeLeaf[(int)outcome];
        Observe(Columns, _families.RequestDuration, leaf, Buckets.RequestDuration, micros, trace);
        if (IsForeign(session)) return;
        Observe(Columns, _families.OperationDuration, (model * PopulationFamilies.RequestOutcomes.Count) + leaf, Buckets.OperationDuration, micros, trace);
        if (outcome == ErrorKind.None) return;
        var cell = (Row(session) * _errorLeaves) + leaf - 1;
        _rows[_families.Errors][cell]++;
        Note(_families.Errors, cell, trace, 1);
    }

    public void ToolCall(ulong session, int tool, bool failed)
    {
        if (IsForeign(session)) return;
        _rows[_families.ToolUsage][(Row(session) * Tools.All.Count * 2) + (tool * 2) + (failed ? 1 : 0)]++;
    }

    public void ToolError(ulong session, int tool, int kind)
    {
        if (IsForeign(session)) return;
        _rows[_families.Errors][(Row(session) * _errorLeaves) + _toolErrorLeaf[tool] + kind]++;
    }

    public void Decision(ulong session, int tool, bool accepted)
    {
        if (IsForeign(session)) return;
        _rows[_families.Decisions][(RowIn(_languageRow, session) * Tools.Editors.Count * 2) + (_editorIndex[tool] * 2) + (accepted ? 0 : 1)]++;
    }

    public void Lines(ulong session, int added, int removed)
    {
        if (IsForeign(session)) return;
        var cell = Row(session) * 2;
        _rows[_families.Lines][cell] += added;
        _rows[_families.Lines][cell + 1] += removed;
    }

    public void Commit(ulong session)
    {
        if (IsForeign(session)) return;
        _rows[_families.Commits][Row(session)]++;
    }

    public void PullRequest(ulong session)
    {
        if (IsForeign(session)) return;
        _rows[_families.PullRequests][Row(session)]++;
    }

    public void ActiveTime(ulong session, long userMicros, long cliMicros)
    {
        if (IsForeign(session)) return;
        var cell = Row(session) * 2;
        _rows[_families.ActiveTime][cell] += userMicros;
        _rows[_families.ActiveTime][cell + 1] += cliMicros;
    }

    private void Observe(long[][] columns, int family, int series, Buckets buckets, long value, in Exemplar trace = default)
    {
        var column = columns[family];
        var classic = buckets.Bounds.Count + 1;
        var stride = classic + 1 + (_native ? buckets.Native.Cells : 0);
        var cell = series * stride;
        if (_native) column[cell + classic + buckets.Native.CellOf(value)]++;
        var bucket = buckets.IndexOf(value);
        column[cell + bucket]++;
        Note(family, (series * classic) + bucket, trace, value);
        column[cell + stride - 1] += value;
    }

    /// <summary>Asks for the cells that an answered request is going to count in.</summary>
    /// <param name="session">Key of its session.</param>
    /// <param name="model">Index of the model.</param>
    public void Fetch(ulong session, int model)
    {
        // Rows of sessions are looked up, which costs what there is to save.
        if (!_rowIsUser) return;
        var row = User(session);
        var tokens = _rows[_families.Tokens];
        var token = (row * _tokenLeaves) + (model * 4 * _usageVariants);
        Prefetch.Line(in tokens[token]);
        Prefetch.Line(in tokens[token + (4 * _usageVariants) - 1]);
        Prefetch.Line(in _rows[_families.Cost][(row * _costLeaves) + (model * _usageVariants)]);
        Prefetch.Line(in _rows[_families.ActiveTime][row * 2]);
        Prefetch.Line(in _rows[_families.Lines][row * 2]);
        Prefetch.Line(in _rows[_families.Decisions][row * Tools.Editors.Count * 2]);
        var tools = _rows[_families.ToolUsage];
        var tool = row * Tools.All.Count * 2;
        Prefetch.Line(in tools[tool]);
        Prefetch.Line(in tools[tool + Tools.All.Count]);
    }

    private bool IsForeign(ulong session) => _userRow is not null && _userRow[User(session)] == UserRows.Foreign;

    private int Row(ulong session) => _rowIsUser ? User(session) : RowIn(_userRow, session);

    private int RowIn(int[]? rowOfUser, ulong session) =>
        _series is not null ? _series.SlotOf(session) : rowOfUser is null ? User(session) : rowOfUser[User(session)];

    private static int User(ulong session) => (int)(uint)session;
}
