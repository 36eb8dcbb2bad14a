namespace MetricsSim;

/// <summary>What the program's exit codes mean; scripts rely on them.</summary>
internal static class ExitCodes
{
    /// <summary>It did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>It ran, and the verdict is negative: an assertion failed or a threshold was passed.</summary>
    public const int NegativeVerdict = 1;

    /// <summary>Bad input: flags, configuration, scenario.</summary>
    public const int BadInput = 2;

    /// <summary>Can't bind a port or write a file.</summary>
    public const int CannotBindOrWrite = 3;

    /// <summary>A needed server or program is missing or can't be reached.</summary>
    public const int MissingDependency = 4;

    /// <summary>A defect of the program itself; sysexits.h calls it EX_SOFTWARE.</summary>
    public const int InternalError = 70;

    /// <summary>Interrupted before it was done.</summary>
    public const int Interrupted = 130;
}
