using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Sweeper.Training.Running;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training;

/// <summary>
/// TorchSharp hands a Scalar's native handle over without keeping the Scalar alive: one that nobody holds can be
/// finalised by the collector while native code reads it, which gives wrong numbers or ends the process. The engine
/// therefore holds each in a <c>using</c>, made by <c>ToScalar()</c>, and never converts a number on the way, nor lets
/// TorchSharp do so in a sum (<c>HeldAddition</c>). Seen in test runs ("Unknown scalar type", "toFloat"), and once in 560,000
/// operations under a busy collector; held: not once.
/// </summary>
public sealed class ScalarLifetimeTests
{
    [Fact]
    public void Engine_NumbersForTorch_AreNeverConvertedOnTheWay()
    {
        string[] users = Users(typeof(Trainer).Assembly);

        Assert.True(users.Length == 0, $"hold the Scalars in: {string.Join(", ", users)}");
    }

    [Fact]
    public void Check_CodeThatConverts_IsFound()
    {
        string[] users = Users(typeof(ScalarLifetimeTests).Assembly);

        Assert.Contains($"{nameof(Offender)}.{nameof(Offender.Argument)}", users);
        Assert.Contains($"{nameof(Offender)}.{nameof(Offender.Operator)}", users);
        Assert.Contains($"{nameof(Offender)}.{nameof(Offender.Sum)}", users);
        Assert.Contains($"{nameof(Offender)}.{nameof(Offender.SumInPlace)}", users);
        Assert.DoesNotContain($"{nameof(Offender)}.{nameof(Offender.Held)}", users);
    }

    private static string[] Users(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<int> conversions =
        [
            .. metadata.MemberReferences
                .Where(handle => IsConversion(metadata, metadata.GetMemberReference(handle)))
                .Select(handle => MetadataTokens.GetToken(handle)),
        ];
        return
        [
            .. metadata.MethodDefinitions
                .Select(metadata.GetMethodDefinition)
                .Where(method => method.RelativeVirtualAddress != 0
                    && Calls(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!, conversions)) // null only without a body
                .Select(method => $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}"),
        ];
    }

    // Scalar's conversions; Tensor's operators with a number on one side, and its sums without a factor: those convert inside TorchSharp.
    private static bool IsConversion(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        string type = metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name);
        string name = metadata.GetString(member.Name);
        return (type, name) switch
        {
            ("Tensor", "op_Addition") => true,
            ("Tensor", "add" or "add_") => Parameters(metadata.GetBlobReader(member.Signature)) == 1,
            ("Tensor", _) => name.StartsWith("op_", StringComparison.Ordinal) && TakesNumber(metadata.GetBlobReader(member.Signature)),
            _ => type == "Scalar" && name.StartsWith("op_", StringComparison.Ordinal),
        };
    }

    private static int Parameters(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    private static bool TakesNumber(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        int types = signature.ReadCompressedInteger() + 1; // the result comes first
        for (int i = 0; i < types; i++)
        {
            if (signature.ReadCompressedInteger() is not ((int)SignatureTypeKind.Class or (int)SignatureTypeKind.ValueType))
            {
                return true;
            }

            signature.ReadTypeHandle();
        }

        return false;
    }

    private static bool Calls(byte[] code, HashSet<int> tokens)
    {
        const byte Call = 0x28;
        const byte CallVirtual = 0x6F;
        for (int i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] is Call or CallVirtual && tokens.Contains(BitConverter.ToInt32(code, i + 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the check is to find, and what not; never run.</summary>
    private static class Offender
    {
        public static torch.Tensor Argument(torch.Tensor tensor) => tensor.mul_(0.5);

        public static torch.Tensor Operator(torch.Tensor tensor) => tensor * 2;

        public static torch.Tensor Sum(torch.Tensor tensor) => tensor + tensor;

        public static torch.Tensor SumInPlace(torch.Tensor tensor) => tensor.add_(tensor);

        public static torch.Tensor Held(torch.Tensor tensor)
        {
            using Scalar half = 0.5.ToScalar();
            return tensor.add(tensor, half).mul_(half);
        }
    }
}
