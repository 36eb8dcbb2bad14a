using MetricsSim.Core.Checkpoints;

namespace MetricsSim.Core.Population;

/// <content>Its part of a saved state: what does not follow from the options.</content>
internal sealed partial class UserColumns
{
    public void Write(StateWriter to)
    {
        to.Write(_enabledShare);
        to.Write(_activity);
        to.Write(_exposureLeft);
        to.Write(_ordinal);
    }

    public void Read(StateReader from)
    {
        _enabledShare = from.Finite("enabled share");
        from.Fill<double>(_activity, "activities");
        from.Fill<double>(_exposureLeft, "exposures");
        from.Fill<uint>(_ordinal, "numbers of sessions");
        if (!_activity.All(double.IsFinite)) throw from.Damaged("an activity is not finite");
        // A user whose exposure has run out would have started its session.
        if (!_exposureLeft.All(left => left > 0 && double.IsFinite(left))) throw from.Damaged("an exposure is not above zero");
        Weigh();
    }

    /// <summary>
    /// Goes on with users of other options: activities stand where they are and return to their new means; the exposure left until a
    /// user's next session is in units of its own rate, so it holds for any.
    /// </summary>
    public void TakeOver(UserColumns before)
    {
        _enabledShare = before._enabledShare;
        for (var i = 0; i < _activity.Length; i++) _activity[i] = _process.Within(before._activity[i]);
        before._exposureLeft.CopyTo(_exposureLeft, 0);
        before._ordinal.CopyTo(_ordinal, 0);
        Weigh();
    }

    /// <summary>Whether a user is one of these.</summary>
    public bool Has(int user) => user >= _first && user - _first < _segment.Length;

    /// <summary>How many sessions a user ever had, those that were refused included.</summary>
    public uint Sessions(int user) => _ordinal[user - _first];

    /// <summary>A user's segment.</summary>
    public byte Segment(int user) => _segment[user - _first];
}
