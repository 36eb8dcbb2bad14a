using System.Reflection;
using MetricsSim.Configuration.Document;

namespace MetricsSim.Configuration.Declarations;

/// <summary>Finds the kind of value that a property's type stands for.</summary>
internal static class Kinds
{
    /// <summary>The kind of a property.</summary>
    /// <param name="type">The property's type.</param>
    /// <param name="key">What it declares.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="NotSupportedException">The type is none that a key can have: a mistake in a declaration.</exception>
    public static ValueKind Of(Type type, KeyAttribute key)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var limits = Limits.Of(key);
        if (type == typeof(bool)) return new BoolKind();
        if (type == typeof(int) || type == typeof(long) || type == typeof(ulong)) return new WholeKind(type, limits);
        if (type == typeof(double)) return new NumberKind(limits);
        if (type == typeof(string)) return new TextKind(key);
        if (type == typeof(TimeSpan)) return new DurationKind(limits);
        if (type == typeof(NumberSpan)) return new SpanKind(limits);
        if (type == typeof(DayHours)) return new DayHoursKind();
        if (type == typeof(Texts)) return new TextsKind();
        if (type == typeof(TimeOnly)) return new TimeOfDayKind();
        if (type == typeof(GroupLabelsValue)) return new GroupLabelsKind();
        if (type.IsEnum) return new ChoiceKind(type);
        if (type.IsGenericType) return Collection(type, key);
        if (type.IsDefined(typeof(DecidedByAttribute), inherit: false)) return new VariantKind(type);
        return type.GetProperties().Any(property => property.IsDefined(typeof(KeyAttribute)))
            ? new RecordKind(type)
            : throw new NotSupportedException($"No kind of value is known for {type}.");
    }

    private static ValueKind Collection(Type type, KeyAttribute key)
    {
        var definition = type.GetGenericTypeDefinition();
        var element = type.GetGenericArguments()[^1];
        // Of a map, min counts entries and the pattern is that of names; of a list, min counts items. Numbers in them take max, and 0 as min.
        var isNumber = element == typeof(double) || element == typeof(int);
        var elementKey = new KeyAttribute(key.Description) { Min = isNumber ? 0 : element == typeof(string) ? 1 : double.NaN, Max = key.Max };
        if (definition == typeof(OrderedDictionary<,>)) return new MapKind(element, Of(element, elementKey), key);
        if (definition == typeof(IReadOnlyList<>)) return new ListKind(element, Of(element, elementKey), key);
        throw new NotSupportedException($"No kind of value is known for {type}.");
    }
}
