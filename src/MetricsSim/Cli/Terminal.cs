using System.Text;
using Spectre.Console;

namespace MetricsSim.Cli;

/// <summary>What a command sees of the process it runs in: its streams, the environment and the size of the window.</summary>
internal sealed class Terminal
{
    private const int UnlimitedWidth = 500;
    private const int HelpWidth = 100;

    /// <summary>What is piped in; empty unless something is.</summary>
    public Stream In { get; init; } = Stream.Null;

    /// <summary>Results, as bytes; where tables go too.</summary>
    public required Stream Out { get; init; }

    /// <summary>Everything that is not a result.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Value of an environment variable, or null if it is unset.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Columns of the window when results go to one, else null.</summary>
    public int? Width { get; init; }

    /// <summary>Whether a person watches both streams.</summary>
    public bool Interactive { get; init; }

    /// <summary>Columns at which help wraps.</summary>
    public int WidthOfHelp => Math.Min(Width ?? HelpWidth, HelpWidth);

    /// <summary>The real thing.</summary>
    /// <returns>A terminal on the standard streams.</returns>
    public static Terminal OfProcess() => new()
    {
        In = Console.OpenStandardInput(),
        Out = Console.OpenStandardOutput(),
        Error = Console.Error,
        Variable = Environment.GetEnvironmentVariable,
        Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth,
        Interactive = !Console.IsOutputRedirected && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
    };

    /// <summary>Whether colour is unwanted.</summary>
    /// <param name="noColor">Whether the command line says so; the variable NO_COLOR may, too.</param>
    /// <returns>True for no colour.</returns>
    public bool IsPlain(bool noColor) => noColor || Variable("NO_COLOR") is { Length: > 0 };

    /// <summary>Takes the padding off the ends of lines.</summary>
    /// <param name="text">Lines.</param>
    /// <returns>The same lines without trailing blanks.</returns>
    public static string TrimLines(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));

    /// <summary>Writes a result.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="OutputException">They could not be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Out.Write(bytes);
            Out.Flush();
        }
        catch (IOException exception)
        {
            throw new OutputException(exception);
        }
    }

    /// <summary>Writes a result.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="OutputException">It could not be written.</exception>
    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Renders a result for people: as wide as the window, practically unlimited when there is none, so that lines stay whole.</summary>
    /// <param name="noColor">Whether the user asked for no colour.</param>
    /// <param name="draw">Draws it.</param>
    /// <exception cref="OutputException">It could not be written.</exception>
    public void Render(bool noColor, Action<IAnsiConsole> draw)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var plain = Width is null || IsPlain(noColor);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Width ?? UnlimitedWidth;
        console.Profile.Capabilities.Unicode = true;
        draw(console);
        Write(TrimLines(writer.ToString()));
    }
}
