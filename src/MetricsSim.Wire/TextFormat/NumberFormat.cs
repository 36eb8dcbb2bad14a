using System.Buffers.Text;
using MetricsSim.Core.Series;

namespace MetricsSim.Wire.TextFormat;

/// <summary>
/// How the value cells of a family become text. Whole numbers are written as they are; a number of micro or nano units is written as the
/// exact decimal while that has at most 15 significant digits, which any reader turns into the same double as cell / divisor; everything
/// else goes through the double and its shortest text that reads back as the same double.
/// </summary>
internal readonly struct NumberFormat
{
    /// <summary>No number takes more bytes: the longest double has 24.</summary>
    public const int MaxLength = 32;

    private const long FifteenDigits = 1_000_000_000_000_000;
    private readonly NumberKind _kind;
    private readonly int _digits;
    private readonly long _divisor;

    private NumberFormat(NumberKind kind, long divisor, int digits = 0)
    {
        _kind = kind;
        _divisor = divisor;
        _digits = digits;
    }

    private enum NumberKind
    {
        One,
        Integer,
        Decimal,
        Quotient,
        Double,
    }

    /// <summary>The format of the value, or of a histogram's sum.</summary>
    public static NumberFormat Of(MetricFamily family)
    {
        if (family.Type == MetricType.Info)
        {
            return new(NumberKind.One, 1);
        }

        return family.Divisor switch
        {
            < 0 => throw new ArgumentException($"{family.Name}: the divisor {family.Divisor} is negative.", nameof(family)),
            0 => new(NumberKind.Double, 1),
            1 => new(NumberKind.Integer, 1),
            var divisor => DigitsOf(divisor) is > 0 and <= 9 and var digits
                ? new(NumberKind.Decimal, divisor, digits)
                : new(NumberKind.Quotient, divisor),
        };
    }

    /// <summary>Writes a value cell.</summary>
    /// <returns>Bytes written, at most <see cref="MaxLength"/>.</returns>
    public int Write(long cell, Span<byte> destination)
    {
        switch (_kind)
        {
            case NumberKind.Integer:
                return WriteInteger(cell, destination);
            case NumberKind.Decimal when cell is > -FifteenDigits and < FifteenDigits:
                return WriteDecimal(cell, _divisor, _digits, destination);
            case NumberKind.Double:
                return WriteDouble(BitConverter.Int64BitsToDouble(cell), destination);
            case NumberKind.One:
                destination[0] = (byte)'1';
                return 1;
            default:
                return WriteDouble((double)cell / _divisor, destination);
        }
    }

    /// <summary>Writes a whole number.</summary>
    public static int WriteInteger(long value, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(value, destination, out var written);
        return written;
    }

    /// <summary>Writes the shortest text that reads back as the same double; infinities as the formats spell them.</summary>
    public static int WriteDouble(double value, Span<byte> destination)
    {
        // Whole numbers of up to 15 digits have one shortest text, which the integer writer finds faster; -0 keeps its sign below.
        if (Math.Abs(value) < FifteenDigits && value == (long)value && value != 0)
        {
            return WriteInteger((long)value, destination);
        }

        if (double.IsInfinity(value))
        {
            (value > 0 ? "+Inf"u8 : "-Inf"u8).CopyTo(destination);
            return 4;
        }

        value.TryFormat(destination, out var written, "R", System.Globalization.CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes ms as seconds with three fraction digits.</summary>
    public static int WriteSeconds(long milliseconds, Span<byte> destination)
    {
        var written = 0;
        if (milliseconds < 0)
        {
            destination[written++] = (byte)'-';
        }

        var (seconds, rest) = Math.DivRem((ulong)Math.Abs((decimal)milliseconds), 1000);
        Utf8Formatter.TryFormat(seconds, destination[written..], out var digits);
        written += digits;
        destination[written++] = (byte)'.';
        WriteDigits(rest, destination.Slice(written, 3));
        return written + 3;
    }

    private static int WriteDecimal(long value, long divisor, int digits, Span<byte> destination)
    {
        var written = 0;
        if (value < 0)
        {
            destination[written++] = (byte)'-';
            value = -value;
        }

        var (whole, fraction) = Math.DivRem((ulong)value, (ulong)divisor);
        Utf8Formatter.TryFormat(whole, destination[written..], out var wholeDigits);
        written += wholeDigits;
        if (fraction == 0)
        {
            return written;
        }

        while (fraction % 10 == 0)
        {
            fraction /= 10;
            digits--;
        }

        destination[written++] = (byte)'.';
        WriteDigits(fraction, destination.Slice(written, digits));
        return written + digits;
    }

    /// <summary>Fills the span with the last digits of a number, zeros in front.</summary>
    private static void WriteDigits(ulong value, Span<byte> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            destination[i] = (byte)('0' + digit);
        }
    }

    /// <summary>k where the number is 10^k, else −1.</summary>
    private static int DigitsOf(long number)
    {
        var digits = 0;
        for (; number % 10 == 0; number /= 10)
        {
            digits++;
        }

        return number == 1 ? digits : -1;
    }
}
