using System.Text.RegularExpressions;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;
using MetricsSim.Configuration.Document;
using Xunit;

namespace MetricsSim.Tests.Configuration;

/// <summary>Files that are generated from the declarations; METRICSSIM_APPROVE=1 writes them anew.</summary>
public sealed class ApprovedFileTests
{
    [Fact]
    public void ConfigSchemaIsTheReaders() => Approve("config/simulator-config.schema.json", _ => SchemaWriter.Config());

    [Fact]
    public void ScenarioSchemaIsTheReaders() => Approve("config/scenario.schema.json", _ => SchemaWriter.Scenario());

    [Fact]
    public void DocumentationHasEveryKey() => Approve(
        "docs/configuration.md",
        page => Regex.Replace(
            page,
            "(?<=<!-- keys: begin -->\n).*(?=<!-- keys: end -->)",
            _ => $"\n{DocsWriter.Tables()}\n",
            RegexOptions.Singleline | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)));

    private static void Approve(string file, Func<string, string> generate)
    {
        var path = Path.Combine(ConfigTestData.Root, file);
        var present = File.Exists(path) ? File.ReadAllText(path) : "";
        var generated = generate(present);
        if (Environment.GetEnvironmentVariable("METRICSSIM_APPROVE") == "1") File.WriteAllText(path, generated);
        else Assert.True(present == generated, $"{file} differs from the declarations; run the tests with METRICSSIM_APPROVE=1 and look at the difference");
    }
}
