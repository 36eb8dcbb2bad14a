namespace MetricsSim.Learning;

/// <summary>Bounds the memory of what is kept of families, labels, buckets and quantiles, whatever a page has; counted in characters.</summary>
/// <param name="most">How much at most.</param>
internal sealed class KeptText(long most = KeptText.Most)
{
    /// <summary>What a text takes beside its characters, where it stands among others.</summary>
    public const int Overhead = 20;

    private const long Most = 128 * 1024 * 1024;
    private long _kept;

    /// <summary>Takes note of what is kept.</summary>
    /// <param name="characters">Its length.</param>
    /// <exception cref="LearnException">It is too much.</exception>
    public void Charge(int characters)
    {
        _kept += characters;
        if (_kept > most) throw new LearnException(ExitCodes.BadInput, $"labels and buckets of all families take more than {most * sizeof(char) >> 20} MiB: learn from fewer families");
    }

    /// <summary>Takes note of what is kept no more.</summary>
    /// <param name="characters">Its length.</param>
    public void Release(int characters) => _kept -= characters;
}
