namespace MetricsSim.Learning;

/// <summary>Bounds how much text of labels is kept, whatever a page has.</summary>
internal sealed class KeptText
{
    private const long Most = 64 * 1024 * 1024;
    private long _kept;

    /// <summary>Takes note of a text that is kept.</summary>
    /// <param name="characters">Its length.</param>
    /// <exception cref="LearnException">It is too much.</exception>
    public void Charge(int characters)
    {
        _kept += characters;
        if (_kept > Most) throw new LearnException(ExitCodes.BadInput, $"the labels of all families together have more than {Most:N0} characters worth keeping: learn from fewer families");
    }
}
