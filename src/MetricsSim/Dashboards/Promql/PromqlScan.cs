namespace MetricsSim.Dashboards.Promql;

/// <summary>Goes once through an expression's pieces and notes what it uses.</summary>
internal sealed class PromqlScan(string expression)
{
    private static readonly HashSet<string> Groupings = new(StringComparer.OrdinalIgnoreCase) { "by", "without", "on", "ignoring", "group_left", "group_right" };
    private static readonly HashSet<string> Joins = new(StringComparer.OrdinalIgnoreCase) { "on", "ignoring", "group_left", "group_right" };

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "and", "or", "unless", "bool", "offset", "atan2", "inf", "nan" };

    private static readonly HashSet<string> Aggregations = new(StringComparer.OrdinalIgnoreCase)
    {
        "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "count_values", "quantile",
    };

    private readonly IReadOnlyList<PromqlToken> _tokens = PromqlTokenizer.Tokens(expression);
    private readonly List<PromqlSelector> _selectors = [];
    private readonly List<string> _labels = [];
    private readonly List<string> _functions = [];
    private int _at;
    private int _subqueries;
    private bool _joins;

    /// <summary>Does it.</summary>
    public PromqlUses Run()
    {
        while (_at < _tokens.Count)
        {
            var token = _tokens[_at];
            if (token.Is("{")) Selector(metric: null, token.Start);
            else if (token.Is("[")) Brackets();
            else if (token.Kind == PromqlTokenKind.Name) Name(token);
            else _at++;
        }

        return new(_selectors, [.. _labels.Distinct(StringComparer.Ordinal)], _functions, _subqueries, _joins);
    }

    private void Name(PromqlToken name)
    {
        _at++;
        if (Groupings.Contains(name.Text) && (Next("(") || name.Text.StartsWith("group_", StringComparison.OrdinalIgnoreCase)))
        {
            _joins |= Joins.Contains(name.Text);
            if (Next("(")) Labels();
        }
        else if (Next("(") || (Aggregations.Contains(name.Text) && (Next("by") || Next("without"))))
        {
            _functions.Add(name.Text.ToLowerInvariant());
        }
        else if (!Words.Contains(name.Text))
        {
            Selector(name.Text, name.Start);
        }
    }

    private void Labels()
    {
        for (_at++; _at < _tokens.Count && !Next(")"); _at++)
        {
            if (_tokens[_at].Kind == PromqlTokenKind.Name) _labels.Add(_tokens[_at].Text);
        }
    }

    private void Selector(string? metric, int start)
    {
        var matchers = new List<PromqlMatcher>();
        var end = metric is null ? start : start + metric.Length;
        if (Next("{"))
        {
            for (_at++; _at < _tokens.Count && !Next("}"); _at++)
            {
                if (_at + 2 >= _tokens.Count || _tokens[_at].Kind != PromqlTokenKind.Name || _tokens[_at + 2].Kind != PromqlTokenKind.Text) continue;
                matchers.Add(new(_tokens[_at].Text, _tokens[_at + 1].Text, PromqlTokenizer.Unquote(_tokens[_at + 2].Text)));
                _at += 2;
            }

            end = _at < _tokens.Count ? _tokens[_at++].End : expression.Length;
        }

        if (metric is null && matchers.Find(matcher => matcher is { Label: "__name__", Operator: "=" }) is { } named)
        {
            metric = named.Value;
            matchers.Remove(named);
        }

        var isRange = Next("[");
        _selectors.Add(new(metric, matchers, isRange, expression[start..end]));
        // Its own brackets are no subquery, unless they have a colon.
        if (isRange) Brackets();
    }

    private void Brackets()
    {
        for (; _at < _tokens.Count && !Next("]"); _at++)
        {
            if (Next(":")) _subqueries++;
        }

        _at++;
    }

    private bool Next(string text) => _at < _tokens.Count && _tokens[_at].Is(text);
}
