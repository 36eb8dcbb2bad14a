using System.Globalization;

namespace MetricsSim.Benchmarks.Peers;

/// <summary>What <see cref="SideBySide"/> is told.</summary>
/// <param name="Url">The peer's metrics page.</param>
/// <param name="Command">Starts the peer; null where it runs already.</param>
/// <param name="ProcessId">Its process, where it runs already; null where that is not known.</param>
/// <param name="Config">A configuration with the peer's series; null learns one.</param>
/// <param name="Rounds">How often both are measured.</param>
internal sealed record PeerOptions(Uri Url, string? Command, int? ProcessId, string? Config, int Rounds)
{
    private const string Usage = "usage: peers URL [--command COMMAND | --pid PID] [--config FILE] [--rounds N]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is not one; the message says how one looks.</exception>
    public static PeerOptions Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args.Count % 2 == 0 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url)) throw new ArgumentException(Usage, nameof(args));
        var options = new PeerOptions(url, null, null, null, 7);
        for (var i = 1; i < args.Count; i += 2)
        {
            var value = args[i + 1];
            options = args[i] switch
            {
                "--command" => options with { Command = value },
                "--pid" => options with { ProcessId = int.Parse(value, CultureInfo.InvariantCulture) },
                "--config" => options with { Config = value },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException(Usage, nameof(args)),
            };
        }

        return options;
    }
}
