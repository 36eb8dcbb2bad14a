using System.Runtime.InteropServices;

namespace MetricsSim.Cli;

/// <summary>
/// Ctrl+C, SIGTERM and a closed terminal: the first one asks the program to end, a second one ends it at once with
/// <see cref="ExitCodes.Interrupted"/>.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    private Interrupts()
    {
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Begins to listen.</summary>
    /// <returns>Listens until it is disposed.</returns>
    public static Interrupts Listen()
    {
        var interrupts = new Interrupts();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            interrupts._registrations.Add(PosixSignalRegistration.Create(signal, interrupts.OnSignal));
        return interrupts;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            // Callbacks run elsewhere: the thread that handles signals must be free for the second one.
            _ = _stop.CancelAsync();
            return;
        }

        // The live view may have hidden the cursor, and nobody is going to show it again.
        if (!Console.IsErrorRedirected) Console.OpenStandardError().Write("\e[?25h\n"u8);
        Environment.Exit(ExitCodes.Interrupted);
    }
}
