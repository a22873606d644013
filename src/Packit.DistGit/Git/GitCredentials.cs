using System.Text;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>
/// Who speaks to a git server over https. They are sent with the first request of that server already (a 401 would cost a round
/// trip), handed to git in the environment of that one process and nowhere else.
/// </summary>
/// <param name="UserName">The user; for GitHub App tokens <c>x-access-token</c>.</param>
/// <param name="Password">The password or token.</param>
public sealed record GitCredentials(string UserName, Secret Password)
{
    internal Secret Header() =>
        new("Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password.Reveal()}")));
}
