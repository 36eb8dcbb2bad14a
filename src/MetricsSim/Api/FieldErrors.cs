namespace MetricsSim.Api;

/// <summary>Collects what is wrong with a request's fields, all of it.</summary>
internal sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _byField = new(StringComparer.Ordinal);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _byField.Count == 0;

    /// <summary>Fields with errors.</summary>
    public int Count => _byField.Count;

    /// <summary>Adds one.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="message">What is wrong, and what is allowed.</param>
    public void Add(string field, string message)
    {
        if (!_byField.TryGetValue(field, out List<string>? messages)) _byField[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>The errors in the shape of a validation problem.</summary>
    /// <returns>Messages by field, in order of the fields' names.</returns>
    public Dictionary<string, string[]> ToDictionary() => _byField.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
