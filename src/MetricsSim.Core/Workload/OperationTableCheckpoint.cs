using MetricsSim.Core.Checkpoints;
using MetricsSim.Core.Population;
using MetricsSim.Core.Series;

namespace MetricsSim.Core.Workload;

/// <content>Its part of a saved state.</content>
internal sealed partial class OperationTable
{
    public void Write(StateWriter to) => _operations.Write(to);

    public void Read(StateReader from, long now, UserColumns users)
    {
        _operations.Read(from, now);
        for (var slot = 0; slot < _operations.Used; slot++)
        {
            if (!_operations.IsFree(slot) && !IsPossible(_operations[slot], users)) throw from.Damaged($"a request of session {_operations[slot].SessionKey} is not possible");
        }
    }

    /// <summary>Goes on with the requests of other options, each with its model by id.</summary>
    public void TakeOver(OperationTable before, byte[] models)
    {
        _operations.TakeOver(before._operations);
        for (var slot = 0; slot < _operations.Used; slot++)
        {
            if (!_operations.IsFree(slot)) _operations[slot].Model = models[_operations[slot].Model];
        }
    }

    private bool IsPossible(in Operation operation, UserColumns users) =>
        users.Has(operation.User) && sessions.HasSlot(operation.Slot) && operation.Model < laws.ModelCount && operation.Effort < Session.Efforts
        && operation.Request >= 0 && operation.Context >= 0 && operation.BusyMicros >= 0 && PopulationFamilies.RequestOutcomes.Contains(operation.Outcome);
}
