using MetricsSim.Core.Faults;
using MetricsSim.Core.Workload;
using Xunit;

namespace MetricsSim.Tests.Configuration;

public sealed class AmbientFaultTests
{
    [Fact]
    public void NoneByDefault() => Assert.Empty(ConfigTestData.Good("").World.AmbientFaults);

    [Fact]
    public void EnabledTheyAreThoseOfTheFile()
    {
        var faults = ConfigTestData.Good(
            "fault_injection: { enabled: true, types: { model_errors: { probability: 0.5, error_types: [network] }, authentication_failures: { retry_after: 5s } } }")
            .World.AmbientFaults;
        Assert.Equal(
            [(FaultType.NetworkLatency, 0.01), (FaultType.ModelOutage, 0.5), (FaultType.AuthenticationFailures, 0.001), (FaultType.ResourceExhaustion, 0.001)],
            faults.Select(fault => (fault.Spec.Type, fault.Probability)));
        Assert.All(faults, fault => Assert.Equal(5, fault.Spec.AffectedPercentage));
        Assert.Equal((100, 2000), (faults[0].Spec.MinDelayMilliseconds, faults[0].Spec.MaxDelayMilliseconds));
        Assert.Equal([ErrorKind.Network], faults[1].Errors);
        Assert.Equal(TimeSpan.FromSeconds(5), faults[2].Spec.RetryAfter);
        Assert.Equal(["cpu", "memory", "connections"], faults[3].Spec.AffectedResources);
    }
}
