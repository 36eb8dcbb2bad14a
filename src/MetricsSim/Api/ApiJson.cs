using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace MetricsSim.Api;

/// <summary>Every type that the control API writes, in snake_case; serializers are generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ReadyResponse))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(ScenarioRow[]))]
[JsonSerializable(typeof(ScenarioDetail))]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(SwitchRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(StartResponse))]
[JsonSerializable(typeof(SimulationModel))]
[JsonSerializable(typeof(SimulationModel[]))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(FaultModel))]
[JsonSerializable(typeof(FaultModel[]))]
[JsonSerializable(typeof(LoadRequest))]
[JsonSerializable(typeof(LoadModel))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(ClockModel))]
[JsonSerializable(typeof(EventModel))]
[JsonSerializable(typeof(CardinalityModel))]
[JsonSerializable(typeof(TargetGroup[]))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
