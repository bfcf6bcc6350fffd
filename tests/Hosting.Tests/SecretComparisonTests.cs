using System.Reflection;
using System.Reflection.Emit;
using System.Security.Cryptography;
using Hosting.Security;

namespace Hosting.Tests;

/// <summary>Comparing what was presented with a secret takes the same time wherever it differs. No measurement shows that reliably; what the method calls does.</summary>
public sealed class SecretComparisonTests
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Theory]
    [InlineData(typeof(BearerTokens), nameof(BearerTokens.FindSubject))]
    [InlineData(typeof(LocalSecret), nameof(LocalSecret.Equals))]
    public void Comparison_OfASecret_IsOfHashesAndInConstantTime(Type type, string name)
    {
        MethodInfo method = type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Single(method => method.Name == name);

        MethodBase[] called = [.. Calls(method)];

        called.Should().Contain(call => call.DeclaringType == typeof(CryptographicOperations) && call.Name == nameof(CryptographicOperations.FixedTimeEquals));
        called.Should().Contain(call => call.DeclaringType == typeof(SHA256));
        called.Select(call => call.Name).Should().NotContain(call => call.Contains("Equal", StringComparison.Ordinal) && call != nameof(CryptographicOperations.FixedTimeEquals))
            .And.NotContain(["Compare", "StartsWith", "Contains", "IndexOf", "ContainsKey", "TryGetValue", "get_Item"]);
    }

    [Fact]
    public void Calls_OfAnOrdinaryComparison_AreSeen() =>
        Calls(typeof(SecretComparisonTests).GetMethod(nameof(Ordinary), BindingFlags.NonPublic | BindingFlags.Static)!).Select(call => call.Name).Should().Contain("op_Equality");

    private static bool Ordinary(string secret, string presented) => secret == presented;

    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        byte[] body = method.GetMethodBody()!.GetILAsByteArray()!;
        for (int at = 0; at < body.Length;)
        {
            OpCode code = Codes[body[at] == 0xFE ? unchecked((short)((body[at] << 8) | body[at + 1])) : body[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(body, at))!;
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }
}
