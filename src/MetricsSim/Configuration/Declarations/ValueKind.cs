using System.Text.Json.Nodes;
using MetricsSim.Configuration.Yaml;

namespace MetricsSim.Configuration.Declarations;

/// <summary>A type of value: how it is read, compared, shown, and described to people and editors.</summary>
internal abstract class ValueKind
{
    /// <summary>What is allowed: completes "expected …".</summary>
    public abstract string Expected { get; }

    /// <summary>The type's name in the documentation.</summary>
    public abstract string TypeName { get; }

    /// <summary>The range in the documentation; empty for any.</summary>
    public virtual string Range => "";

    /// <summary>Whether nothing (null, or a key with nothing behind it) stands for the default.</summary>
    public virtual bool AllowsNothing => false;

    /// <summary>Reads a value, or reports what is wrong with it.</summary>
    /// <param name="node">What was written.</param>
    /// <param name="path">Its key.</param>
    /// <param name="report">Takes findings and places.</param>
    /// <returns>The value, or null when it was reported.</returns>
    public abstract object? Read(SourceNode node, string path, Report report);

    /// <summary>The JSON schema (draft 7) of such a value.</summary>
    public abstract JsonObject Schema();

    /// <summary>The value as JSON of the same shape as the file's.</summary>
    public abstract JsonNode? ToJson(object value);

    /// <summary>Whether two values are the same.</summary>
    public virtual bool Same(object? left, object? right) => Equals(left, right);

    /// <summary>Reports that something else was expected.</summary>
    protected object? Refuse(SourceNode node, string path, Report report)
    {
        report.Error(node.Place, path, $"expected {Expected}, got {node.Describe()}");
        return null;
    }
}

/// <summary>A value written as one scalar.</summary>
internal abstract class ScalarKind : ValueKind
{
    /// <inheritdoc />
    public sealed override object? Read(SourceNode node, string path, Report report)
    {
        if (node is not SourceScalar { IsNull: false } scalar) return Refuse(node, path, report);
        return TryParse(scalar, out var hint) ?? RefuseWith(scalar, hint, path, report);
    }

    /// <summary>Parses a scalar that isn't null.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="hint">What the user should know beyond what was expected.</param>
    /// <returns>The value, or null.</returns>
    protected abstract object? TryParse(SourceScalar scalar, out string? hint);

    private object? RefuseWith(SourceScalar scalar, string? hint, string path, Report report)
    {
        report.Error(scalar.Place, path, $"expected {Expected}, got {scalar.Describe()}{(hint is null ? "" : $"; {hint}")}");
        return null;
    }
}
