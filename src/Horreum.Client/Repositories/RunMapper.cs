using System.Globalization;
using System.Text.Json;
using Horreum.Client.Clients;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Maps wire shapes that several repositories share.</summary>
internal static class RunMapper
{
    public static RunEntry ToEntry(RunSummary run) => new()
    {
        Id = run.Id,
        RunId = Text(run.Id),
        TestId = run.TestId,
        TestName = run.TestName,
        Start = Milliseconds(run.Start),
        Stop = Milliseconds(run.Stop),
        StartTime = Time(run.Start),
        StopTime = Time(run.Stop),
        Access = run.Access,
        Owner = run.Owner,
        Trashed = run.Trashed,
        HasMetadata = run.HasMetadata,
        Description = run.Description,
        Schemas = ToUses(run.Schemas),
        Datasets = run.Datasets,
        ValidationErrors = ToElements(run.ValidationErrors),
    };

    public static IReadOnlyList<SchemaUse> ToUses(IReadOnlyList<SchemaUsage> usages)
    {
        if (usages.Count == 0)
        {
            return [];
        }

        SchemaUse[] uses = new SchemaUse[usages.Count];
        for (int i = 0; i < uses.Length; i++)
        {
            SchemaUsage usage = usages[i];
            uses[i] = new SchemaUse
            {
                Id = usage.Id,
                Name = usage.Name,
                Uri = usage.Uri,
                Source = usage.Source,
                Type = usage.Type,
                Key = usage.Key,
                HasJsonSchema = usage.HasJsonSchema,
            };
        }

        return uses;
    }

    public static IReadOnlyList<JsonElement> ToElements(IReadOnlyList<ValidationError> errors) => errors.Count == 0
        ? []
        : [.. errors.Select(error => JsonSerializer.SerializeToElement(error, HorreumJsonContext.Default.ValidationError))];

    public static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The time; null when Horreum sent none.</summary>
    public static DateTimeOffset? Time(DateTimeOffset time) => time == default ? null : time;

    public static long? Milliseconds(DateTimeOffset time) => time == default ? null : time.ToUnixTimeMilliseconds();
}
