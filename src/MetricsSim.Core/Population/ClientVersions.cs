namespace MetricsSim.Core.Population;

/// <summary>The versions of the client that users are on. A user stays on the one that is drawn for it: a third of all are on each.</summary>
internal static class ClientVersions
{
    private const string Key = "app_version";

    /// <summary>Index of the version whose attributes and tools have old names, where the quirk is on.</summary>
    public const int WithOldNames = 0;

    /// <summary>Index of the version that loses attributes, where the quirk is on.</summary>
    public const int WithLostAttributes = 1;

    /// <summary>Values of <c>app_version</c>, in order of release.</summary>
    public static IReadOnlyList<string> All { get; } = ["2.0.42", "2.0.47", "2.0.50"];

    /// <summary>A user's version, as an index.</summary>
    public static int Of(UserDirectory directory, int user) => directory.ResourceValue(user, Key, All.Count);
}
