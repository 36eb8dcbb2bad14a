using System.Text.Json;
using MetricsSim.Core.Engine;

namespace MetricsSim.Api;

/// <summary>What all changing calls do alike: read the body, and say why a command was refused.</summary>
internal static class ChangingCall
{
    /// <summary>Says why a command was not applied.</summary>
    /// <param name="outcome">With a problem.</param>
    /// <returns>The answer.</returns>
    public static IResult Refusal(CommandOutcome outcome) => outcome.Problem switch
    {
        CommandProblem.NotFound => Problems.NotFound(outcome.Detail),
        CommandProblem.AlreadyEnded or CommandProblem.NotYours => Problems.Conflict(outcome.Detail),
        _ => Problems.Unprocessable(outcome.Detail),
    };

    /// <summary>Reads the body, and collects all that is wrong with it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="time">Clock of the timeout.</param>
    /// <param name="read">Reads the fields.</param>
    /// <returns>What was read, or the answer that says why not.</returns>
    public static async Task<(T? Request, IResult? Problem)> ReadAsync<T>(HttpContext context, TimeProvider time, Func<JsonElement, FieldErrors, T?> read)
        where T : class
    {
        (JsonDocument? body, IResult? problem) = await JsonBody.ReadAsync(context, time);
        if (body is null) return (null, problem);
        using (body)
        {
            var errors = new FieldErrors();
            T? request = read(body.RootElement, errors);
            return errors.IsEmpty ? (request, null) : (null, Problems.Invalid(errors));
        }
    }
}
