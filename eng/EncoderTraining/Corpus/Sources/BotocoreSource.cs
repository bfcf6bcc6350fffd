using System.Text.Json;

namespace EncoderTraining.Corpus.Sources;

/// <summary>Service descriptions of the AWS SDK.</summary>
internal sealed class BotocoreSource : IPairSource
{
    public string Name => "botocore";

    public double Weight => 1.5;

    public IEnumerable<TrainingPair> Read(string root)
    {
        foreach (string file in SourceFiles.Below(root, "boto+botocore", "service-2.json*"))
        {
            using JsonDocument? document = SourceFiles.Json(file);
            if (document is null)
            {
                continue;
            }

            JsonElement api = document.RootElement;
            string service = api.GetProperty("metadata").Text("serviceId") ?? Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!;
            string about = TextCleaner.First(api.Text("documentation") ?? "", 2);
            if (about.Length > 20)
            {
                yield return new TrainingPair(service, about, "aws");
            }

            JsonElement shapes = api.GetProperty("shapes");
            foreach (JsonProperty operation in api.Members("operations"))
            {
                string? input = operation.Value.TryGetProperty("input", out JsonElement shape) ? shape.Text("shape") : null;
                IEnumerable<string> members = input is not null && shapes.TryGetProperty(input, out JsonElement definition)
                    ? definition.Members("members").Select(member => member.Name)
                    : [];
                foreach (TrainingPair pair in OpenApiSource.Operation(
                    service, operation.Name, null, operation.Value.Text("documentation"), members, "aws/" + service))
                {
                    yield return pair;
                }
            }
        }
    }
}
