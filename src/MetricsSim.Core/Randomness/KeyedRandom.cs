using System.Runtime.CompilerServices;

namespace MetricsSim.Core.Randomness;

/// <summary>
/// Every random number of a world: a function of (seed, entity, purpose, tick, draw) and of nothing else, so that adding, removing,
/// reordering or sharding entities changes no other entity. The 64-bit seed is the key of <see cref="Philox"/>; the counter is the
/// entity (64 bits), then the tick (40 bits), the purpose (8 bits) and the draw (16 bits).
/// </summary>
/// <param name="seed">The key.</param>
public readonly struct KeyedRandom(ulong seed)
{
    private readonly uint _k0 = (uint)seed;
    private readonly uint _k1 = (uint)(seed >> 32);

    /// <summary>One block of 128 bits.</summary>
    /// <param name="entity">Who it is about: a user's index, a session's key …</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="tick">When, or the how-manieth: 0 ≤ tick &lt; 2^40.</param>
    /// <param name="draw">The number of the draw: 0 ≤ draw &lt; 2^16.</param>
    /// <returns>The block.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RandomBlock Draw(ulong entity, Purpose purpose, long tick = 0, int draw = 0) =>
        Philox.Generate(
            (uint)entity,
            (uint)(entity >> 32),
            (uint)tick,
            (uint)((tick >> 32) & 0xFF) | ((uint)purpose << 8) | ((uint)draw << 16),
            _k0,
            _k1);

    /// <summary>A key for text, for entities that are named rather than numbered: FNV-1a over its UTF-16 code units
    /// (Fowler, Noll, Vo; draft-eastlake-fnv).</summary>
    /// <param name="text">The name.</param>
    /// <returns>64 bits.</returns>
    public static ulong KeyOf(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text) hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }

    /// <summary>A UUID in the form of version 4 (RFC 9562 §5.4) whose random bits are a draw.</summary>
    /// <param name="entity">Who it is about.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <param name="tick">Which of the entity's it is.</param>
    /// <returns>E.g. <c>3f2b8c1e-9d4a-4c61-8a52-0e7b6d5f4c3a</c>.</returns>
    public string Uuid(ulong entity, int draw, long tick = 0)
    {
        var block = Draw(entity, Purpose.Identifier, tick, draw);
        var high = (block.BitsA & 0xFFFFFFFFFFFF0FFFUL) | 0x4000UL;
        var low = (block.BitsB & 0x3FFFFFFFFFFFFFFFUL) | 0x8000000000000000UL;
        return $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFFFFFFFFFFUL:x12}";
    }
}
