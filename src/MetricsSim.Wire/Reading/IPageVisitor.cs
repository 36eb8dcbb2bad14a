namespace MetricsSim.Wire.Reading;

/// <summary>Takes what a page says, sample by sample, in the page's order.</summary>
public interface IPageVisitor
{
    /// <summary>Takes a sample.</summary>
    /// <param name="family">Its family; type, help and unit are final by now.</param>
    /// <param name="role">What it is within the family.</param>
    /// <param name="sample">The sample; its bytes are gone after the call.</param>
    void OnSample(PageFamily family, SampleRole role, in SampleView sample);
}
