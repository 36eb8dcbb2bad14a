using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Engine;
using Xunit;

namespace MetricsSim.Core.Tests.Checkpoints;

/// <summary>A damaged state is found out and said: it never makes a world, an endless loop, or another exception.</summary>
public sealed class DamageTests
{
    private static readonly World Whole = SavedWorlds.Situations["plays many scenarios"](60, null);
    private static readonly byte[] State = SavedWorlds.Saved(Whole);

    [Fact]
    public void Any_changed_byte_is_found_out()
    {
        var places = Gen.Choose(0, State.Length - 1).Zip(Gen.Choose(1, 255)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithReplay(2026, 11).WithMaxTest(500), Prop.ForAll(places, place =>
        {
            var damaged = State.ToArray();
            damaged[place.Item1] ^= (byte)place.Item2;
            Assert.StartsWith("the saved state is damaged in section", Refusal(damaged), StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void Any_missing_end_is_found_out()
    {
        for (var length = 0; length < State.Length; length += 1 + (State.Length / 300))
            Assert.EndsWith("it ends too early", Refusal(State[..length]), StringComparison.Ordinal);
    }

    /// <summary>Bytes that are wrong although their checksum is right, as no accident makes them.</summary>
    [Theory]
    [InlineData("plays many scenarios")]
    [InlineData("has series by session")]
    [InlineData("has series groups")]
    public void Forged_bytes_are_refused_or_make_a_world_that_runs(string situation)
    {
        var world = SavedWorlds.Situations[situation](60, null);
        var payload = Payload(SavedWorlds.Saved(world));
        var (refused, ran) = (0, 0);
        var forgeries = Gen.Choose(0, payload.Length - 8).Zip(Gen.Choose(0, 5)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithReplay(2026, 13).WithMaxTest(2000), Prop.ForAll(forgeries, forgery =>
        {
            var forged = payload.ToArray();
            var place = forged.AsSpan(forgery.Item1, 8);
            switch (forgery.Item2)
            {
                case 0: place[0] ^= 1; break;
                case 1: place[0] ^= 0x80; break;
                case 2: place.Fill(0xFF); break;
                case 3: BinaryPrimitives.WriteInt32LittleEndian(place, int.MaxValue); break;
                case 4: BinaryPrimitives.WriteInt64LittleEndian(place, long.MinValue); break;
                default: BinaryPrimitives.WriteDoubleLittleEndian(place, double.NaN); break;
            }

            try
            {
                SavedWorlds.Restored(world.Options, Framed(forged)).Step(3);
                ran++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }));
        Assert.True(refused > 100 && ran > 100, $"{refused} refused, {ran} ran: both must happen for the test to mean anything");
    }

    [Fact]
    public void A_wrong_length_takes_no_memory()
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        writer.Begin();
        writer.Write(int.MaxValue);
        writer.Write(sizeof(long));
        writer.Write(1L);
        writer.End();
        stream.Position = 0;
        var reader = new StateReader(stream);
        reader.Begin();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => reader.Column<long>());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void What_is_no_state_or_of_another_version_is_said_so()
    {
        var other = Payload(State);
        other[8] = 99;
        Assert.Equal("the saved state has version 99; this program reads version 1", Refusal(Framed(other)));
        other[0] ^= 1;
        Assert.Equal("this is not the saved state of a world", Refusal(Framed(other)));
        Assert.Contains("section 'header'", Refusal("certainly no state"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_are_named_where_they_do_not_match()
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        writer.Begin();
        writer.Section("wrong");
        writer.End();
        Assert.Contains("section 'world' should follow, but it is 'wrong'", Refusal(stream.ToArray()), StringComparison.Ordinal);
    }

    private static string Refusal(byte[] state) => Assert.Throws<InvalidDataException>(() => SavedWorlds.Restored(Whole.Options, state)).Message;

    private static byte[] Payload(byte[] state)
    {
        using var payload = new MemoryStream();
        for (var at = 0; at < state.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(at));
            payload.Write(state, at + StateFormat.FrameHeader, length);
            at += StateFormat.FrameHeader + length;
        }

        return payload.ToArray();
    }

    private static byte[] Framed(byte[] payload)
    {
        using var state = new MemoryStream();
        var frame = 0U;
        Span<byte> header = stackalloc byte[StateFormat.FrameHeader];
        foreach (var piece in payload.Chunk(StateFormat.FramePayload))
        {
            BinaryPrimitives.WriteInt32LittleEndian(header, piece.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], StateFormat.Checksum(frame++, piece));
            state.Write(header);
            state.Write(piece);
        }

        return state.ToArray();
    }
}
