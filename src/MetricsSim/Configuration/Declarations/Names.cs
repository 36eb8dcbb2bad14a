using System.Text;

namespace MetricsSim.Configuration.Declarations;

/// <summary>Names as files have them.</summary>
internal static class Names
{
    /// <summary>PascalCase to snake_case: <c>CostsPer1kTokens</c> is <c>costs_per_1k_tokens</c>.</summary>
    /// <param name="name">A property's or an enumeration value's name.</param>
    /// <returns>The key.</returns>
    public static string Snake(string name)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]));
            if (starts && i > 0) builder.Append('_');
            builder.Append(char.ToLowerInvariant(name[i]));
        }

        return builder.ToString();
    }
}
