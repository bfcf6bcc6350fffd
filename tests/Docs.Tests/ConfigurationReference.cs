using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hosting;
using McpOptimizer.Core;
using McpOptimizer.PostgreSql;
using ToolHive.Client;

namespace Docs.Tests;

/// <summary>Writes <c>docs/configuration.md</c> from the classes that the settings are bound to, and from their documentation.</summary>
internal static partial class ConfigurationReference
{
    private const string Preface = """
        # Settings

        Made from the option classes and their documentation by `UPDATE_DOCS=1 dotnet test tests/Docs.Tests`; a test fails when it is not what they say.

        A setting stands in `appsettings.json` of the folder the server is started in, as an environment variable, or on the command line (`--McpOptimizer:Search:MaxToolsToReturn 5` in hosts that hand their
        arguments to the configuration). The environment is stronger than the file. In a file a colon is one level of nesting:

        ```json
        { "McpOptimizer": { "Search": { "MaxToolsToReturn": 5 }, "Profiles": { "support": { "Servers": ["zendesk"], "ReadOnly": true } } } }
        ```

        As an environment variable each colon is two underscores: `McpOptimizer__Search__MaxToolsToReturn=5`. Elements of a list are counted from 0: `McpOptimizer__Ingestion__AllowedGroups__0=default`.
        `NAME` stands for a name that you choose. Durations are written as `[days.]hours:minutes:seconds`: `00:00:30` is half a minute; a bare number would be days. What is not legal stops the start with
        one sentence that names setting, value and rule. In code the same properties are set by `AddMcpOptimizer(options => …)`.

        The names of the Python original (`MAX_TOOLS_TO_RETURN`, `ALLOWED_GROUPS`, …) are read too: [moving from Python](moving-from-python.md).

        """;

    /// <summary>The sections of a settings file, and the class that each is bound to.</summary>
    public static IReadOnlyDictionary<string, (Type Type, string Says)> Sections { get; } = new Dictionary<string, (Type, string)>(StringComparer.Ordinal)
    {
        ["McpOptimizer"] = (typeof(McpOptimizerOptions), "The optimizer itself, in every host."),
        ["Host"] = (typeof(McpHostOptions), "How the sample servers are reached. A server has defaults of its own: McpOptimizer.Server is named `mcp-optimizer`, listens on `http://127.0.0.1:9900` and accepts profiles."),
        ["McpOptimizer:Replica"] = (typeof(PostgreSqlStoreOptions), "How a replica behaves on a PostgreSQL database that it shares."),
        ["HttpEmbeddings"] = (typeof(HttpEmbeddingOptions), "An embedding service instead of the built-in encoder; used as soon as `Endpoint` is set."),
        ["ToolHive"] = (typeof(ToolHiveClientOptions), "Where ToolHive is."),
    };

    // Read by the optimizer's server itself.
    private static readonly (string Key, string Type, string Means)[] OfTheServer =
    [
        ("McpOptimizer:Store:ConnectionString", "text", "A PostgreSQL database in place of the SQLite file, shared by any number of replicas: [deploying](deploy.md). Secret."),
        ("McpOptimizer:Store:ConnectionStringFile", "text", "A file that holds it."),
        ("ToolHive:OfferTools", "`none`, `read`, `all`", "Whether ToolHive itself can be looked at (`read`) or managed (`all`) beside its servers' tools; `none` by default."),
    ];

    /// <summary>Whether something is bound to this key of a settings file.</summary>
    public static bool IsSetting(string key) =>
        Sections.Where(section => key.StartsWith(section.Key + ":", StringComparison.OrdinalIgnoreCase))
            .SelectMany(section => Settings(section.Key, section.Value.Type, Activator.CreateInstance(section.Value.Type)!))
            .Any(setting => Regex.IsMatch(key, $"^{Regex.Escape(setting.Key).Replace("NAME", "[^:]+", StringComparison.Ordinal)}{(setting.IsList ? "(:[0-9]+)?" : "")}$", RegexOptions.IgnoreCase))
        || OfTheServer.Any(setting => key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase))
        || Regex.IsMatch(key, "^McpOptimizer:Trust:Servers:[^:]+$", RegexOptions.IgnoreCase);

    public static string Write()
    {
        StringBuilder page = new(Preface.ReplaceLineEndings("\n"));
        foreach ((string section, (Type type, string says)) in Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {section}\n\n{says}\n");
            foreach (IGrouping<string, Setting> group in Settings(section, type, Activator.CreateInstance(type)!).GroupBy(setting => setting.Group))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {group.Key}\n\n{Summary(group.First().Owner)}\n\n| Setting | Type | Default | Means |\n|---|---|---|---|\n");
                foreach (Setting setting in group)
                {
                    page.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}`<br>`{Variable(setting)}` | {setting.Type} | {Cell(setting.Default)} | {Cell(setting.Means)} |\n");
                }
            }
        }

        page.Append("\n## Of McpOptimizer.Server alone\n\n| Setting | Type | Means |\n|---|---|---|\n");
        foreach ((string key, string type, string means) in OfTheServer)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{key}`<br>`{key.Replace(":", "__", StringComparison.Ordinal)}` | {type} | {means} |\n");
        }

        return page.ToString();
    }

    private static string Variable(Setting setting) => setting.Key.Replace(":", "__", StringComparison.Ordinal) + (setting.IsList ? "__0" : "");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<Setting> Settings(string path, Type type, object defaults)
    {
        PropertyInfo[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsBound)];

        // Plain values before the groups, in the order in which they are declared.
        foreach (PropertyInfo property in properties.Where(property => !IsGroup(property.PropertyType)))
        {
            if (ValueOfDictionary(property.PropertyType) is { } entry && IsGroup(entry))
            {
                continue;
            }

            yield return Describe(path, property, defaults);
        }

        foreach (PropertyInfo property in properties)
        {
            Type? entry = ValueOfDictionary(property.PropertyType);
            if (IsGroup(property.PropertyType) || (entry is not null && IsGroup(entry)))
            {
                string below = entry is null ? $"{path}:{property.Name}" : $"{path}:{property.Name}:NAME";
                object values = (entry is null ? property.GetValue(defaults) : null) ?? Activator.CreateInstance(entry ?? property.PropertyType)!;
                foreach (Setting setting in Settings(below, entry ?? property.PropertyType, values))
                {
                    yield return setting;
                }
            }
        }
    }

    private static Setting Describe(string path, PropertyInfo property, object defaults)
    {
        bool isList = property.PropertyType != typeof(string) && ValueOfDictionary(property.PropertyType) is null && typeof(IEnumerable).IsAssignableFrom(property.PropertyType);
        bool isMap = ValueOfDictionary(property.PropertyType) is not null;
        string value = Text(Member(property)?.Element("value"));
        string legal = value.Split("; ", 2) is [_, { } rest] ? rest : "";
        if (legal.Length == 0 && property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            legal = FormattableString.Invariant($"{range.Minimum} to {range.Maximum}.");
        }

        string means = Summary(property);
        string allowed = legal switch
        {
            "" => "",
            _ when char.IsAsciiDigit(legal[0]) || legal.StartsWith("else ", StringComparison.Ordinal) || legal.StartsWith("more than ", StringComparison.Ordinal) => $" Legal: {legal}",
            _ => $" {char.ToUpperInvariant(legal[0])}{legal[1..]}",
        };
        return new Setting(
            $"{path}:{property.Name}{(isMap ? ":NAME" : "")}",
            path,
            property.DeclaringType!,
            TypeName(property.PropertyType),
            Default(property.GetValue(defaults), value),
            means + allowed,
            isList);
    }

    private static bool IsBound(PropertyInfo property) =>
        !typeof(Delegate).IsAssignableFrom(property.PropertyType)
        && (property.SetMethod?.IsPublic == true || (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() is { } open && (open == typeof(IList<>) || open == typeof(IDictionary<,>))));

    private static bool IsGroup(Type type) => type.IsClass && type != typeof(string) && type != typeof(Uri) && !typeof(IEnumerable).IsAssignableFrom(type);

    private static Type? ValueOfDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GetGenericArguments()[1] : null;

    private static string TypeName(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            { IsEnum: true } => string.Join(", ", Enum.GetNames(plain).Select(name => $"`{name}`")),
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(bool) => "`true` or `false`",
            _ when plain == typeof(int) || plain == typeof(long) => "whole number",
            _ when plain == typeof(double) => "number",
            _ when plain == typeof(TimeSpan) => "duration",
            _ when plain == typeof(Uri) => "address",
            _ when ValueOfDictionary(plain) is { } value => $"{TypeName(value)} by name",
            _ when plain.IsGenericType => $"list of {TypeName(plain.GetGenericArguments()[0])}s",
            _ => $"`{plain.Name}`",
        };
    }

    private static string Default(object? value, string documented) => value switch
    {
        null => "none",
        string { Length: 0 } => "none",
        string ofThisProcess when ofThisProcess.EndsWith($"-{Environment.ProcessId}", StringComparison.Ordinal) => documented.TrimEnd('.'),
        string path when Path.IsPathRooted(path) && path.Contains(Path.DirectorySeparatorChar) && documented.Length > 0 => documented.TrimEnd('.'),
        string text => $"`{text}`",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan duration => $"`{duration:c}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(item => $"`{item}`")) is { Length: > 0 } items ? items : "none",
        _ => $"`{value}`",
    };

    private static string Summary(MemberInfo member) => Text(Member(member)?.Element("summary"));

    // Beside each assembly lies what the compiler took out of its comments.
    private static XElement? Member(MemberInfo member)
    {
        string name = member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType!.FullName}.{member.Name}";
        return Documentation((member as Type ?? member.DeclaringType!).Assembly).GetValueOrDefault(name);
    }

    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Documents = [];

    private static Dictionary<string, XElement> Documentation(Assembly assembly)
    {
        lock (Documents)
        {
            if (!Documents.TryGetValue(assembly, out Dictionary<string, XElement>? members))
            {
                Documents[assembly] = members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
            }

            return members;
        }
    }

    private static string Text(XElement? element) => element is null ? "" : White().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" or "paramref" } see when see.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref")?.Value ?? see.Value).Split('(')[0].Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Text(other),
        XText text => text.Value,
        _ => "",
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();

    private sealed record Setting(string Key, string Group, Type Owner, string Type, string Default, string Means, bool IsList);
}
