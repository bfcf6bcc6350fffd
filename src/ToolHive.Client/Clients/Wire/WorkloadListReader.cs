using System.Text.Json;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Reads a workload list element by element.</summary>
internal static class WorkloadListReader
{
    public static WorkloadListing Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("workloads", out JsonElement list))
        {
            return Unusable("the answer has no member 'workloads'");
        }

        if (list.ValueKind == JsonValueKind.Null)
        {
            // How Go writes an empty list.
            return new WorkloadListing { IsComplete = true };
        }

        return list.ValueKind == JsonValueKind.Array ? ReadElements(list) : Unusable($"the member 'workloads' is no list but {list.ValueKind}");
    }

    private static WorkloadListing ReadElements(JsonElement list)
    {
        List<Workload> items = new(list.GetArrayLength());
        List<WorkloadProblem> problems = [];
        foreach (JsonElement element in list.EnumerateArray())
        {
            try
            {
                Workload? workload = element.Deserialize(ToolHiveJsonContext.Default.Workload);
                if (string.IsNullOrWhiteSpace(workload?.Name))
                {
                    problems.Add(new WorkloadProblem { Reason = "a workload has no name" });
                }
                else
                {
                    items.Add(workload);
                }
            }
            catch (JsonException e)
            {
                problems.Add(new WorkloadProblem { Name = JsonNames.Of(element), Reason = $"cannot be read at {e.Path}" });
            }
        }

        return new WorkloadListing { Items = items, Problems = problems, IsComplete = problems.Count == 0 };
    }

    private static WorkloadListing Unusable(string reason) => new() { Problems = [new WorkloadProblem { Reason = reason }], IsComplete = false };
}
