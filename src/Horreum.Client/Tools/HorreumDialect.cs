using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>The spelling that the request in whose flow this code runs has chosen.</summary>
public static class HorreumDialect
{
    private static readonly AsyncLocal<ContractNaming?> Flowing = new();

    /// <summary>The request's choice; null when it leaves it to <see cref="HorreumContractOptions.Naming"/>.</summary>
    public static ContractNaming? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Reads a choice as people write it: <c>snake_case</c>, <c>camelCase</c>; null for any other word.</summary>
    public static ContractNaming? Parse(string? word) => word?.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "SNAKECASE" or "SNAKE" => ContractNaming.SnakeCase,
        "CAMELCASE" or "CAMEL" => ContractNaming.CamelCase,
        _ => null,
    };
}
