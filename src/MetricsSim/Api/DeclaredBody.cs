using System.Text.Json;
using MetricsSim.Configuration;
using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Api;

/// <summary>Reads bodies by the keys that their records declare: by the rules of configuration files, and in the same words.</summary>
internal static class DeclaredBody
{
    /// <summary>Where keys of findings begin; what follows is the field.</summary>
    public const string Root = "body";

    /// <summary>Reads a body.</summary>
    /// <typeparam name="T">The record that is read.</typeparam>
    /// <param name="shape">Its declaration.</param>
    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="check">Looks for what no key can check by itself; keys begin with <see cref="Root"/>.</param>
    /// <returns>What could be read; of use only if there is no error.</returns>
    public static T? Read<T>(ValueKind shape, JsonElement body, FieldErrors errors, Action<T, Report>? check = null)
        where T : class
    {
        var report = new Report("");
        var read = shape.Read(JsonSource.Of(body), Root, report) as T;
        if (read is not null) check?.Invoke(read, report);
        foreach (ConfigFinding finding in report.Errors) errors.Add(finding.Key[Math.Min(finding.Key.Length, Root.Length + 1)..], finding.Message);
        return read;
    }
}
