using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Faults;

namespace MetricsSim.Core.Series;

/// <content>Its part of a saved state: the requests, and which of the explosions in force each belongs to.</content>
internal sealed partial class RequestSeries
{
    public void Write(StateWriter to)
    {
        to.Write<EndedRequest>(_rows.Select(row => row.Request).ToArray());
        to.Write<int>(Owners());
    }

    /// <param name="from">The state.</param>
    /// <param name="explosions">Those in force.</param>
    public void Read(StateReader from, IReadOnlyList<ActiveFault> explosions)
    {
        var requests = from.Column<EndedRequest>(FaultSpec.MostSeries);
        var owners = new int[requests.Length];
        from.Fill<int>(owners, "explosions of requests");
        for (var i = 0; i < requests.Length; i++)
        {
            var isPossible = owners[i] >= 0 && owners[i] < explosions.Count && requests[i].Model >= 0 && requests[i].Model < options.Models.Count
                && requests[i].User >= 0 && requests[i].User < options.Population.Total;
            if (!isPossible) throw from.Damaged($"request {requests[i].Number} of session {requests[i].SessionKey} is not possible");
            _rows.Add(NewRow(requests[i], explosions[owners[i]]));
        }
    }

    /// <summary>Goes on with the series of other options, but for those of models that are gone.</summary>
    /// <param name="before">The series.</param>
    /// <param name="explosions">Those in force, in the same order.</param>
    public void TakeOver(RequestSeries before, IReadOnlyList<ActiveFault> explosions)
    {
        var ids = ModelIds.ToList();
        int[] models = [.. before.ModelIds.Select(id => ids.IndexOf(id))];
        var owners = before.Owners();
        for (var i = 0; i < owners.Length; i++)
        {
            var request = before._rows[i].Request;
            if (models[request.Model] >= 0) _rows.Add(NewRow(request with { Model = models[request.Model] }, explosions[owners[i]]));
        }
    }

    private IEnumerable<string> ModelIds => options.Models.Select(model => model.Id);

    private int[] Owners()
    {
        var places = new Dictionary<ActiveFault, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _explosions.Count; i++) places.Add(_explosions[i], i);
        return [.. _rows.Select(row => places[row.Owner])];
    }
}
