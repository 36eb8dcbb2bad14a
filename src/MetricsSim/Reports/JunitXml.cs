using System.Xml.Linq;
using MetricsSim.Analysis.Indicators;

namespace MetricsSim.Reports;

/// <summary>Verdicts as JUnit XML, as CI systems read it: a suite for each run, a case for each assertion.</summary>
internal static class JunitXml
{
    /// <summary>Writes runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>A document that ends with a line feed.</returns>
    public static string Of(IEnumerable<JudgedRun> runs)
    {
        var suites = runs.Select(Suite).ToList();
        var root = new XElement("testsuites", new XAttribute("name", "metricssim"), suites);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString().ReplaceLineEndings("\n")}\n";
    }

    private static XElement Suite(JudgedRun run) => new(
        "testsuite",
        new XAttribute("name", run.Run.Scenario.Id),
        new XAttribute("tests", run.Verdicts.Count),
        new XAttribute("failures", run.Verdicts.Count(verdict => verdict.Outcome == VerdictOutcome.Failed)),
        new XAttribute("errors", run.Verdicts.Count(verdict => verdict.Outcome == VerdictOutcome.NotEvaluated)),
        new XAttribute("time", run.Run.Duration.TotalSeconds),
        run.Verdicts.Select(verdict => Case(run, verdict)));

    private static XElement Case(JudgedRun run, Verdict verdict)
    {
        var message = $"{verdict.Metric} is {VerdictText.Value(verdict)}, wanted {VerdictText.Condition(verdict)}"
            + (verdict.Reason is null ? "" : $": {verdict.Reason}");
        return new XElement(
            "testcase",
            new XAttribute("classname", run.Run.Scenario.Id),
            new XAttribute("name", $"{verdict.Metric} {VerdictText.Condition(verdict)}"),
            verdict.Outcome switch
            {
                VerdictOutcome.Failed => new XElement("failure", new XAttribute("message", message)),
                VerdictOutcome.NotEvaluated => new XElement("error", new XAttribute("message", message)),
                _ => null,
            });
    }
}
