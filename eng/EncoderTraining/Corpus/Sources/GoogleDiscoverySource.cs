using System.Text.Json;

namespace EncoderTraining.Corpus.Sources;

/// <summary>Google's discovery documents: the newest version of each API.</summary>
internal sealed class GoogleDiscoverySource : IPairSource
{
    public string Name => "google";

    public double Weight => 2;

    public IEnumerable<TrainingPair> Read(string root)
    {
        IEnumerable<string> newest = SourceFiles.Below(root, "google+google-api-dotnet-client/DiscoveryJson", "*.json")
            .GroupBy(file => Path.GetFileName(file).Split('_')[0], StringComparer.Ordinal)
            .Select(group => group.OrderBy(file => file.Contains("alpha", StringComparison.Ordinal) || file.Contains("beta", StringComparison.Ordinal))
                .ThenByDescending(file => file, StringComparer.Ordinal).First());
        foreach (string file in newest)
        {
            using JsonDocument? document = SourceFiles.Json(file);
            if (document is null)
            {
                continue;
            }

            JsonElement api = document.RootElement;
            string title = api.Text("title") ?? api.Text("name") ?? "";
            string name = api.Text("canonicalName") ?? api.Text("name") ?? "";
            if (api.Text("description") is { Length: > 20 } about)
            {
                yield return new TrainingPair(title, TextCleaner.First(about, 2), "google");
            }

            foreach (TrainingPair pair in Methods(api, name, ""))
            {
                yield return pair;
            }

            foreach (JsonProperty schema in api.Members("schemas").Where(schema => schema.Value.Text("description") is { Length: > 30 }))
            {
                yield return new TrainingPair($"{name} {schema.Name}", TextCleaner.First(schema.Value.Text("description")!, 2), "google/" + name);
            }
        }
    }

    private static IEnumerable<TrainingPair> Methods(JsonElement resource, string api, string path)
    {
        foreach (JsonProperty method in resource.Members("methods"))
        {
            IEnumerable<string> parameters = method.Value.Members("parameters").Select(parameter => parameter.Name);
            foreach (TrainingPair pair in OpenApiSource.Operation(
                api, $"{path} {method.Name}".Trim(), null, method.Value.Text("description"), parameters, "google/" + api))
            {
                yield return pair;
            }
        }

        foreach (JsonProperty child in resource.Members("resources"))
        {
            foreach (TrainingPair pair in Methods(child.Value, api, child.Name))
            {
                yield return pair;
            }
        }
    }
}
