namespace MetricsSim.Configuration.Document;

/// <summary>Two numbers in order.</summary>
internal readonly record struct NumberSpan(double Low, double High);

/// <summary>Two times of the day in order.</summary>
internal readonly record struct DayHours(TimeSpan Start, TimeSpan End)
{
    /// <summary>As files have it: <c>09:00-17:00</c>.</summary>
    public override string ToString() => $"{Text(Start)}-{Text(End)}";

    private static string Text(TimeSpan time) => $"{(int)time.TotalHours:00}:{time.Minutes:00}";
}

/// <summary>One or more texts.</summary>
internal readonly record struct Texts(IReadOnlyList<string> Values);
