using System.Net;
using MetricsSim.Hosting;
using Xunit;

namespace MetricsSim.Tests.Hosting;

public sealed class BindAddressTests
{
    [Theory]
    [InlineData("localhost", true, false)]
    [InlineData("127.0.0.1", true, false)]
    [InlineData("127.0.0.2", true, false)]
    [InlineData("::1", true, false)]
    [InlineData("[::1]", true, false)]
    [InlineData("192.0.2.7", false, false)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("::", false, true)]
    [InlineData("*", false, true)]
    public void Addresses_are_known_by_their_reach(string host, bool loopback, bool any)
    {
        Assert.True(BindAddress.TryParse(host, out BindAddress? address));
        Assert.Equal(loopback, address.IsLoopback);
        Assert.Equal(any, address.IsAny);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("localhost:80")]
    [InlineData("300.1.1.1")]
    public void Anything_else_is_refused(string host) => Assert.False(BindAddress.TryParse(host, out _));

    [Fact]
    public void Localhost_begins_with_ipv4_and_a_free_port_is_bound_once()
    {
        Assert.True(BindAddress.TryParse("localhost", out BindAddress? address));
        Assert.Equal(IPAddress.Loopback, address.Addresses[0]);
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 0)], address.EndPoints(0));
        Assert.Equal(address.Addresses.Count, address.EndPoints(8000).Count());
    }

    [Theory]
    [InlineData("localhost", "localhost", true)]
    [InlineData("localhost", "LOCALHOST", true)]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("localhost", "[::1]", true)]
    [InlineData("localhost", "", false)]
    [InlineData("localhost", "evil.example", false)]
    [InlineData("localhost", "192.0.2.7", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("*", "192.0.2.8", true)]
    [InlineData("*", "[2001:db8::1]", true)]
    [InlineData("*", "evil.example", false)]
    public void Known_hosts_follow_the_bound_address(string bound, string asked, bool known)
    {
        Assert.True(BindAddress.TryParse(bound, out BindAddress? address));
        Assert.Equal(known, new KnownHosts(address).Contains(asked));
    }

    [Fact]
    public void Bound_to_all_interfaces_the_machine_goes_by_its_name()
    {
        Assert.True(BindAddress.TryParse("*", out BindAddress? address));
        Assert.True(new KnownHosts(address).Contains(Environment.MachineName));
    }
}
