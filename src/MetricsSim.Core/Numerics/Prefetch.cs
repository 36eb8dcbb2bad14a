using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MetricsSim.Core.Numerics;

/// <summary>
/// Asks the processor for memory that is about to be used, without waiting for it. It changes nothing but time: processors without the
/// instruction do without.
/// </summary>
internal static class Prefetch
{
    /// <summary>Asks for the line that a place is in.</summary>
    /// <param name="place">Any element of an array.</param>
    /// <typeparam name="T">What lies there.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T place)
    {
        // The address needs no pinning: if the array moves meanwhile, what comes is a line that nobody asks for.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
