namespace MetricsSim.Core.Engine;

/// <summary>
/// Which part of the series a world publishes (config: <c>simulation.shard</c>), design §1. Every shard steps the whole world; it keeps
/// series of its own users only. Over all shards, series of a user are a union, series without one are sums, and those about the world
/// come from the first.
/// </summary>
/// <param name="Index">1 to <paramref name="Count"/>.</param>
/// <param name="Count">How many shards there are, 1 to <see cref="Most"/>.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>Largest <see cref="Count"/>.</summary>
    public const int Most = 10_000;

    /// <summary>The only one.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Whether it is the only one.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>Whether series about the world are its own.</summary>
    public bool IsFirst => Index == 1;

    /// <summary>Whether a user's series are its own. It depends on nothing but the user, so adding users moves nobody.</summary>
    /// <param name="user">Index of the user.</param>
    /// <returns>True for every Nth user.</returns>
    public bool Owns(int user) => user % Count == Index - 1;

    /// <summary>Reads a text like <c>2/3</c>.</summary>
    /// <param name="text">Index and count.</param>
    /// <param name="shard">The shard, if it can be read.</param>
    /// <returns>Whether it can.</returns>
    public static bool TryParse(string text, out Shard? shard)
    {
        shard = text.Split('/') is [var index, var count] && IsNumber(index) && IsNumber(count)
            && int.Parse(index) is var i and >= 1 && int.Parse(count) is var n and <= Most && i <= n
            ? new Shard(i, n)
            : null;
        return shard is not null;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Index}/{Count}";

    // Six digits are more than enough, and can't overflow.
    private static bool IsNumber(string text) => text.Length is > 0 and <= 6 && text.All(char.IsAsciiDigit);
}
