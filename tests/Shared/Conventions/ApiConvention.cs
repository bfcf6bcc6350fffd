using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Shared.Conventions;

/// <summary>Rules for the public surface of a package: token last, documented names, one reviewed listing.</summary>
public static class ApiConvention
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Public asynchronous methods that do not end with an optional <c>CancellationToken cancellationToken</c>.</summary>
    public static IReadOnlyList<string> FindMethodsWithoutTokenLast(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. assembly.GetExportedTypes()
                .Where(type => !typeof(Delegate).IsAssignableFrom(type))
                .SelectMany(type => type.GetMethods(Declared))
                .Where(method => IsAsynchronous(method.ReturnType) && method.Name != "DisposeAsync" && !IsImposed(method))
                .Where(method => method.GetParameters() is not [.., { Name: "cancellationToken" } last] || last.ParameterType != typeof(CancellationToken))
                .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Interfaces that no host may implement and that one type of all packages implements at most: a jump at each reading, for nothing.</summary>
    public static IReadOnlyList<string> FindLoneInterfaces(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        Type[] types = assembly.GetTypes();
        return
        [
            .. types.Where(type => type is { IsInterface: true, IsVisible: false } && types.Count(other => Implements(other, type)) < 2 && !IsImplementedInAnother(assembly, type))
                .Select(type => type.FullName!)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The public surface, one line a member, in a stable order: what <c>PublicApi.txt</c> holds.</summary>
    public static string Describe(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        StringBuilder listing = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            listing.Append(Name(type)).Append('\n');
            IEnumerable<string> members = type.GetMembers(Declared)
                .Where(member => member is not Type && !IsCompilerMade(member))
                .Select(Line)
                .Order(StringComparer.Ordinal);
            foreach (string member in members)
            {
                listing.Append("  ").Append(member).Append('\n');
            }
        }

        return listing.ToString();
    }

    /// <summary>
    /// Compares the surface with the listing kept beside the tests. With <c>UPDATE_PUBLIC_API=1</c> in the environment
    /// the listing is rewritten, so that the difference shows in review.
    /// </summary>
    /// <returns>Lines that were added (+) or removed (-); empty when nothing changed.</returns>
    public static IReadOnlyList<string> Compare(Assembly assembly, string listingPath)
    {
        string actual = Describe(assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(listingPath, actual);
        }

        string expected = File.Exists(listingPath) ? File.ReadAllText(listingPath).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            return [];
        }

        HashSet<string> before = Qualify(expected);
        HashSet<string> now = Qualify(actual);
        return [.. now.Except(before).Select(line => "+ " + line), .. before.Except(now).Select(line => "- " + line)];
    }

    private static HashSet<string> Qualify(string listing)
    {
        HashSet<string> lines = [];
        string type = "";
        foreach (string line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line.StartsWith(' ') ? $"{type} :: {line.Trim()}" : line);
        }

        return lines;
    }

    // An override or an interface of somebody else dictates its own parameters.
    private static bool IsImposed(MethodInfo method)
    {
        if (method.GetBaseDefinition().DeclaringType != method.DeclaringType)
        {
            return true;
        }

        Type owner = method.DeclaringType!;
        return !owner.IsInterface && owner.GetInterfaces()
            .Where(contract => contract.Assembly != owner.Assembly)
            .Any(contract => owner.GetInterfaceMap(contract).TargetMethods.Contains(method));
    }

    private static bool IsAsynchronous(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return true;
        }

        Type? open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>);
    }

    private static bool IsCompilerMade(MemberInfo member) => member switch
    {
        MethodInfo method => method.IsSpecialName || method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "PrintMembers" || method.Name.Contains('<', StringComparison.Ordinal),
        ConstructorInfo constructor => constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType,
        _ => false,
    };

    private static string Line(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } constant => $"const {Name(constant.FieldType)} {constant.Name} = {constant.GetRawConstantValue()}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{(property.GetAccessors()[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{{(property.GetMethod?.IsPublic == true ? " get;" : "")}{Setter(property)} }}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        EventInfo happening => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => member.ToString()!,
    };

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod?.IsPublic != true)
        {
            return "";
        }

        bool init = property.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Any(type => type.Name == "IsExternalInit");
        return init ? " init;" : " set;";
    }

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue?.ToString() ?? "default") : "")}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    private static bool Implements(Type type, Type wanted) =>
        !type.IsInterface && type.GetInterfaces().Any(one => (one.IsGenericType ? one.GetGenericTypeDefinition() : one) == wanted);

    // A package that sees the internals of this one, such as a store for Core: it is not loaded where Core is tested.
    private static bool IsImplementedInAnother(Assembly assembly, Type type)
    {
        string sources = Path.Combine(SourceConvention.RepositoryRoot(), "src");
        string own = Path.Combine(sources, assembly.GetName().Name!) + Path.DirectorySeparatorChar;
        Regex implements = new($@"[:,]\s*{type.Name.Split('`')[0]}\b");
        return Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories).Any(file => !file.StartsWith(own, StringComparison.Ordinal) && implements.IsMatch(File.ReadAllText(file)));
    }
}
