using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Writes answers in one of the two spellings.</summary>
internal sealed class ContractJson
{
    private static readonly JsonSchemaExporterOptions SchemaOptions = new() { TreatNullObliviousAsNonNullable = true };
    private readonly JsonSerializerOptions _options;

    private ContractJson(ContractNaming naming, JsonSerializerOptions options)
    {
        Naming = naming;
        _options = options;
        Runs = new RunPageWriter(this);
    }

    public static ContractJson Camel { get; } = new(ContractNaming.CamelCase, ContractCamelJsonContext.Default.Options);

    public static ContractJson Snake { get; } = new(ContractNaming.SnakeCase, ContractSnakeJsonContext.Default.Options);

    /// <summary>Answers are data for machines: nothing but what JSON demands is escaped.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public ContractNaming Naming { get; }

    /// <summary>Writes pages of runs.</summary>
    public RunPageWriter Runs { get; }

    public static ContractJson For(ContractNaming naming) => naming == ContractNaming.SnakeCase ? Snake : Camel;

    public JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    /// <summary>A name in this spelling.</summary>
    public string Name(string camel) => Naming == ContractNaming.SnakeCase ? ToolSpelling.ToSnake(camel) : camel;

    /// <summary>The JSON schema of a type in this spelling.</summary>
    public JsonNode Schema<T>() => TypeInfo<T>().GetJsonSchemaAsNode(SchemaOptions);
}
