using Xunit;

namespace MetricsSim.Tests.EndToEnd;

/// <summary>Tests that follow the wall clock: they run after the others, so that two cores are enough for every scrape to be in time.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
