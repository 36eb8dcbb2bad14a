namespace MetricsSim.Push.Otlp;

/// <summary>The series of one row: their common attributes, the group they are in, and what of them was pushed before.</summary>
/// <param name="key">Its attributes, which are the same in whatever layout it stands.</param>
/// <param name="attributes">Attributes of all its series.</param>
/// <param name="group">Where they are.</param>
internal sealed class OtlpRow(string key, KeyValuePair<string, object?>[] attributes, MeterGroup group)
{
    /// <summary>Its attributes, as one text.</summary>
    public string Key { get; } = key;

    /// <summary>Attributes of all its series.</summary>
    public KeyValuePair<string, object?>[] Attributes { get; } = attributes;

    /// <summary>Where they are.</summary>
    public MeterGroup Group { get; } = group;

    /// <summary>The push that last met it.</summary>
    public long Seen { get; set; }

    /// <summary>For each metric of the axis, by leaf, what was counted at the latest push; empty before the first.</summary>
    public long[][] Pushed { get; set; } = [];

    /// <summary>One text for a set of attributes.</summary>
    public static string KeyOf(IEnumerable<KeyValuePair<string, object?>> attributes) =>
        string.Join('\u0001', attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"));
}
