namespace MetricsSim.Dashboards.Drawing.Units;

/// <summary>A value in its unit.</summary>
/// <param name="Prefix">Stands close before the number: a currency's sign.</param>
/// <param name="Number">The number.</param>
/// <param name="Suffix">Stands behind it, with the blank it may begin with.</param>
internal readonly record struct DisplayText(string Prefix, string Number, string Suffix)
{
    /// <inheritdoc />
    public override string ToString() => Prefix + Number + Suffix;
}
