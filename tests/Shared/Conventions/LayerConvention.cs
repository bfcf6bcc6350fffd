using System.Reflection;
using System.Reflection.Emit;

namespace Shared.Conventions;

/// <summary>
/// Reads the compiled assembly and finds arrows between layers that the architecture forbids:
/// Tools → Services → Repositories → Clients, one step down at a time; Models may be used by all and uses none.
/// </summary>
public static class LayerConvention
{
    private static readonly string[] Layers = ["Tools", "Services", "Repositories", "Clients"];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The forbidden arrows, as "From → To" lines; empty when the package keeps its layers.</summary>
    public static IReadOnlyList<string> FindViolations(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        string root = assembly.GetName().Name!;
        SortedSet<string> violations = new(StringComparer.Ordinal);
        foreach (Type type in assembly.GetTypes().Where(type => type.Namespace is not null))
        {
            string? from = LayerOf(type, root);
            if (from is null)
            {
                continue;
            }

            foreach (Type used in ReferencedTypes(type).Where(used => used.Assembly == assembly))
            {
                string? to = LayerOf(used, root);
                if (to is not null && to != from && !IsAllowed(from, to))
                {
                    violations.Add($"{Outermost(type).FullName} ({from}) → {Outermost(used).FullName} ({to})");
                }
            }
        }

        return [.. violations];
    }

    /// <summary>
    /// Circles between folders: each line names folders (two levels deep, such as <c>Services.Search</c>) of which every one leads to every other. Who wants to understand one of
    /// them has to understand all.
    /// </summary>
    public static IReadOnlyList<string> FindFolderCircles(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        string root = assembly.GetName().Name!;
        Dictionary<string, HashSet<string>> arrows = new(StringComparer.Ordinal);
        foreach (Type type in assembly.GetTypes())
        {
            if (FolderOf(type, root) is not { } from)
            {
                continue;
            }

            HashSet<string> reached = arrows.TryGetValue(from, out HashSet<string>? known) ? known : arrows[from] = new HashSet<string>(StringComparer.Ordinal);
            reached.UnionWith(ReferencedTypes(type).Where(used => used.Assembly == assembly).Select(used => FolderOf(used, root)).OfType<string>().Where(to => to != from));
        }

        Dictionary<string, HashSet<string>> reach = arrows.Keys.ToDictionary(folder => folder, folder => ReachableFrom(folder, arrows), StringComparer.Ordinal);
        return
        [
            .. reach.Keys.Where(folder => reach[folder].Contains(folder))
                .Select(folder => string.Join(" ↔ ", reach[folder].Where(other => reach[other].Contains(folder)).Order(StringComparer.Ordinal)))
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Public members above Repositories whose signature shows a wire model.</summary>
    public static IReadOnlyList<string> FindWireTypesInPublicSignatures(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        string root = assembly.GetName().Name!;
        SortedSet<string> leaks = new(StringComparer.Ordinal);
        foreach (Type type in assembly.GetExportedTypes().Where(type => LayerOf(type, root) is "Tools" or "Services" or "Models"))
        {
            foreach (Type used in SignatureTypes(type).SelectMany(Unwrap).Where(used => used.Assembly == assembly))
            {
                if (used.Namespace!.StartsWith($"{root}.Clients.Wire", StringComparison.Ordinal))
                {
                    leaks.Add($"{type.FullName} shows {used.FullName}");
                }
            }
        }

        return [.. leaks];
    }

    private static bool IsAllowed(string from, string to)
    {
        if (to == "Models")
        {
            return true;
        }

        return from != "Models" && Array.IndexOf(Layers, to) == Array.IndexOf(Layers, from) + 1;
    }

    private static string? LayerOf(Type type, string root)
    {
        string space = Outermost(type).Namespace ?? "";
        if (!space.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        string first = space[(root.Length + 1)..].Split('.')[0];
        return first == "Models" || Layers.Contains(first) ? first : null;
    }

    private static string? FolderOf(Type type, string root)
    {
        string space = Outermost(type).Namespace ?? "";
        return space.StartsWith(root + ".", StringComparison.Ordinal) ? string.Join('.', space[(root.Length + 1)..].Split('.').Take(2)) : null;
    }

    private static HashSet<string> ReachableFrom(string folder, Dictionary<string, HashSet<string>> arrows)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new(arrows[folder]);
        while (open.TryPop(out string? next))
        {
            if (reached.Add(next) && arrows.TryGetValue(next, out HashSet<string>? further))
            {
                foreach (string target in further)
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    private static IEnumerable<Type> ReferencedTypes(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> found = SignatureTypes(type);
        foreach (MethodBase method in type.GetMethods(all).Cast<MethodBase>().Concat(type.GetConstructors(all)))
        {
            found = found.Concat(BodyTypes(method));
        }

        return found.SelectMany(Unwrap);
    }

    private static IEnumerable<Type> SignatureTypes(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.BaseType is not null)
        {
            yield return type.BaseType;
        }

        foreach (Type contract in type.GetInterfaces())
        {
            yield return contract;
        }

        foreach (FieldInfo field in type.GetFields(all))
        {
            yield return field.FieldType;
        }

        foreach (ParameterInfo parameter in type.GetConstructors(all).SelectMany(constructor => constructor.GetParameters()))
        {
            yield return parameter.ParameterType;
        }

        foreach (MethodInfo method in type.GetMethods(all))
        {
            yield return method.ReturnType;
            foreach (ParameterInfo parameter in method.GetParameters())
            {
                yield return parameter.ParameterType;
            }
        }
    }

    private static IEnumerable<Type> BodyTypes(MethodBase method)
    {
        MethodBody? body = method.GetMethodBody();
        if (body is null)
        {
            yield break;
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            yield return local.LocalType;
        }

        byte[] il = body.GetILAsByteArray() ?? [];
        Type[] typeArguments = method.DeclaringType?.GetGenericArguments() ?? [];
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < il.Length;)
        {
            short value = il[at++];
            if (value == 0xFE)
            {
                value = (short)(0xFE00 | il[at++]);
            }

            OpCode code = OpCodesByValue[value];
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                MemberInfo? member = Resolve(method.Module, BitConverter.ToInt32(il, at), typeArguments, methodArguments);
                if (member is Type named)
                {
                    yield return named;
                }
                else if (member?.DeclaringType is not null)
                {
                    yield return member.DeclaringType;
                    if (member is MethodInfo { IsGenericMethod: true } generic)
                    {
                        foreach (Type argument in generic.GetGenericArguments())
                        {
                            yield return argument;
                        }
                    }
                }
            }

            at += OperandSize(code, il, at);
        }
    }

    private static MemberInfo? Resolve(Module module, int token, Type[] typeArguments, Type[] methodArguments)
    {
        try
        {
            return module.ResolveMember(token, typeArguments, methodArguments);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or TypeLoadException or FileNotFoundException)
        {
            // A member of an assembly that is not beside the test cannot be one of ours.
            return null;
        }
    }

    private static int OperandSize(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static IEnumerable<Type> Unwrap(Type type)
    {
        while (type.HasElementType)
        {
            type = type.GetElementType()!;
        }

        if (type.IsGenericParameter)
        {
            yield break;
        }

        yield return type;
        foreach (Type inner in type.GetGenericArguments().SelectMany(Unwrap))
        {
            yield return inner;
        }
    }
}
