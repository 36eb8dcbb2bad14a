using MetricsSim.Configuration.Declarations;

namespace MetricsSim.Configuration.Document;

/// <summary><c>series_groups.*.values</c>.</summary>
[DecidedBy("process")]
internal abstract record ValuesSection;

/// <summary>Always the same.</summary>
[Variant("constant")]
internal sealed record ConstantSection : ValuesSection
{
    [Key("The value.")]
    public double Value { get; init; } = 1;
}

/// <summary>Independent uniform draws.</summary>
[Variant("uniform")]
internal sealed record UniformSection : ValuesSection
{
    [Key("Least value.")]
    public double Min { get; init; }

    [Key("Largest value.")]
    public double Max { get; init; } = 100;
}

/// <summary>A random walk.</summary>
[Variant("walk")]
internal sealed record WalkSection : ValuesSection
{
    [Key("Where it begins.")]
    public double Start { get; init; }

    [Key("Standard deviation of one step, made each interval.", Min = 0)]
    public double Step { get; init; } = 1;

    [Key("Value it is reflected at below.", WhenAbsent = "none")]
    public double? Min { get; init; }

    [Key("Value it is reflected at above.", WhenAbsent = "none")]
    public double? Max { get; init; }
}

/// <summary>A mean-reverting process.</summary>
[Variant("ou")]
internal sealed record OuSection : ValuesSection
{
    [Key("Its mean.")]
    public double Mean { get; init; } = 100;

    [Key("Its standard deviation.", Min = 0)]
    public double Sd { get; init; } = 10;

    [Key("Mean reversion per second: a deviation falls to 1/e in 1/theta seconds.", Min = 0, AboveMin = true)]
    public double Theta { get; init; } = 0.01;
}

/// <summary>A sine.</summary>
[Variant("sine")]
internal sealed record SineSection : ValuesSection
{
    [Key("Its mean.")]
    public double Mean { get; init; }

    [Key("How far it goes above and below the mean.", Min = 0)]
    public double Amplitude { get; init; } = 1;

    [Key("Length of a period; each series has a phase of its own.", Min = 0, AboveMin = true)]
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Independent Poisson draws.</summary>
[Variant("poisson")]
internal sealed record PoissonSection : ValuesSection
{
    [Key("Events per second; of gauges the mean.", Min = 0, Max = 1e9)]
    public double Rate { get; init; } = 1;
}

/// <summary>Independent log-normal draws.</summary>
[Variant("log_normal")]
internal sealed record LogNormalSection : ValuesSection
{
    [Key("Median.", Min = 0, AboveMin = true)]
    public double Median { get; init; } = 1;

    [Key("Standard deviation of the logarithm.", Min = 0, Max = 5)]
    public double Sigma { get; init; } = 1;
}
