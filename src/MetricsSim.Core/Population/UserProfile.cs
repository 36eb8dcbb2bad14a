namespace MetricsSim.Core.Population;

/// <summary>A user's fixed attributes.</summary>
/// <param name="Segment">Index into the segments.</param>
/// <param name="BaseActivity">Mean of its activity.</param>
/// <param name="Organization">Index of its organisation, or −1 for a user with an API key.</param>
/// <param name="Terminal">Index into the terminals.</param>
/// <param name="Language">Index into the languages.</param>
public readonly record struct UserProfile(int Segment, double BaseActivity, int Organization, int Terminal, int Language);
