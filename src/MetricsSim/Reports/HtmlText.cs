using System.Net;

namespace MetricsSim.Reports;

/// <summary>Text in HTML, and the style of reports.</summary>
internal static class HtmlText
{
    /// <summary>The style: follows the reader's light or dark scheme, and is light and dense on paper.</summary>
    public const string Style = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #5b6577; --rule: #dfe3ea; --page: #ffffff; --card: #f7f8fa;
          --c1: #1f6feb; --c2: #d9730d; --c3: #8250df; --good: #1a7f37; --bad: #cf222e; --open: #9a6700; --fault: #cf222e26; --overload: #bf870026; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa5b5; --rule: #313a48; --page: #10141b; --card: #171d27;
          --c1: #58a6ff; --c2: #f0a35e; --c3: #bc8cff; --good: #3fb950; --bad: #ff7b72; --open: #d29922; --fault: #ff7b7238; --overload: #d2992238; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem; max-width: 84rem; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; } h3 { font-size: .9rem; margin: 0; }
        section + section { margin-top: 3rem; padding-top: 1.5rem; border-top: 2px solid var(--rule); }
        p { margin: .25rem 0; max-width: 60rem; } .soft { color: var(--soft); }
        .facts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: .75rem 0; } .facts b { display: block; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
        .facts span { color: var(--soft); font-size: .85rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; } th { text-align: left; color: var(--soft); font-weight: 500; }
        th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        code { font: .85em ui-monospace, monospace; } .passed { color: var(--good); } .failed { color: var(--bad); } .not_evaluated { color: var(--open); }
        .passed, .failed, .not_evaluated { font-weight: 600; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
        figure { margin: 0; padding: .6rem .75rem .3rem; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; break-inside: avoid; }
        figcaption { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; } .key { color: var(--soft); font-size: .8rem; }
        .key i { display: inline-block; width: 1.1em; height: 0; border-top-width: 2px; border-top-style: solid; vertical-align: middle; margin-right: .35em; }
        svg { width: 100%; height: auto; display: block; } svg text { fill: var(--soft); font-size: 11px; }
        text.y { text-anchor: end; dominant-baseline: middle; } text.x { text-anchor: middle; }
        .grid { stroke: var(--rule); } .tick { stroke: var(--soft); } .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; } .dashed { stroke-dasharray: 5 4; }
        .c1 { stroke: var(--c1); border-color: var(--c1); } .c2 { stroke: var(--c2); border-color: var(--c2); } .c3 { stroke: var(--c3); border-color: var(--c3); }
        circle { fill: var(--card); stroke-width: 1.6; } .whisker { fill: none; } .minor { opacity: .4; } line.limit { stroke: var(--bad); } svg text.limit { fill: var(--bad); }
        rect.fault { fill: var(--fault); } rect.overload { fill: var(--overload); }
        .swatch { display: inline-block; width: 1em; height: .8em; margin-right: .35em; } .swatch.fault { background: var(--fault); } .swatch.overload { background: var(--overload); }
        @media print { :root { color-scheme: light; --ink: #000; --soft: #444; --rule: #ccc; --page: #fff; --card: #fff; --c1: #1f6feb; --c2: #d9730d; --c3: #8250df;
          --good: #1a7f37; --bad: #cf222e; --open: #9a6700; --fault: #cf222e26; --overload: #bf870026; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } body { padding: 0; font-size: 10pt; max-width: none; }
          .plots { grid-template-columns: 1fr 1fr; gap: .5rem; } section + section { break-before: page; border: 0; margin: 0; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
        """;

    /// <summary>The style of a plot that is a file of its own: the same colours.</summary>
    public const string PictureStyle = """
        :root { --ink: #1c2330; --soft: #5b6577; --rule: #dfe3ea; --card: #ffffff; --c1: #1f6feb; --c2: #d9730d; --c3: #8250df; --bad: #cf222e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa5b5; --rule: #313a48; --card: #10141b; --c1: #58a6ff; --c2: #f0a35e; --c3: #bc8cff; --bad: #ff7b72; } }
        text { fill: var(--soft); font: 11px system-ui, sans-serif; } text.title { fill: var(--ink); font-size: 13px; font-weight: 600; } text.limit { fill: var(--bad); }
        text.y { text-anchor: end; dominant-baseline: middle; } text.x { text-anchor: middle; } .paper, circle { fill: var(--card); }
        .grid { stroke: var(--rule); } .minor { opacity: .4; } .tick { stroke: var(--soft); } .line { fill: none; stroke-width: 1.6; } .whisker { fill: none; } circle { stroke-width: 1.6; }
        .dashed { stroke-dasharray: 5 4; } line.limit { stroke: var(--bad); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); }
        """;

    /// <summary>Escapes text for elements and attributes of HTML and XML; control characters, which XML can't have, become blanks.</summary>
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(text.Any(IsForbidden) ? string.Concat(text.Select(c => IsForbidden(c) ? ' ' : c)) : text);

    private static bool IsForbidden(char c) => char.IsControl(c) || c is '\ufffe' or '\uffff';
}
