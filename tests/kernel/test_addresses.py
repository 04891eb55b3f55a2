"""Which URLs and addresses may be called: every way to write one that must not be."""

import pytest

from sutler.kernel.outside.addresses import Refused, check_url, why_refused

ADDRESSES = """
0.0.0.0 0.0.0.1 0.1.2.3 0.255.255.255
10.0.0.0 10.0.0.1 10.0.0.5 10.1.2.3 10.96.0.1 10.255.255.254 10.255.255.255
100.64.0.0 100.64.0.1 100.100.100.200 100.127.255.255
127.0.0.0 127.0.0.1 127.0.0.2 127.0.0.53 127.0.1.1 127.1.2.3 127.127.127.127 127.255.255.254 127.255.255.255
168.63.129.16
169.254.0.0 169.254.0.1 169.254.169.123 169.254.169.253 169.254.169.254 169.254.170.2 169.254.255.255
172.16.0.0 172.16.0.1 172.17.0.1 172.18.0.2 172.20.10.1 172.31.255.254 172.31.255.255
192.0.0.0 192.0.0.8 192.0.0.9 192.0.0.10 192.0.0.170 192.0.0.171 192.0.0.192 192.0.0.255
192.0.2.0 192.0.2.1 192.0.2.255 198.51.100.0 198.51.100.7 198.51.100.255 203.0.113.0 203.0.113.9 203.0.113.255
192.88.99.0 192.88.99.1 192.88.99.255
192.168.0.0 192.168.0.1 192.168.1.1 192.168.49.2 192.168.65.2 192.168.99.100 192.168.178.1 192.168.255.255
198.18.0.0 198.18.0.1 198.19.255.255
224.0.0.0 224.0.0.1 224.0.0.251 232.1.1.1 233.252.0.1 239.255.255.250 239.255.255.255
240.0.0.0 240.0.0.1 247.1.2.3 250.1.2.3 255.0.0.0 255.255.255.254 255.255.255.255
:: ::1 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::0.0.0.1 ::2 ::7f00:1 ::127.0.0.1 ::10.0.0.1 ::8.8.8.8
::ffff:0.0.0.0 ::ffff:127.0.0.1 ::FFFF:127.0.0.1 ::ffff:7f00:1 ::ffff:7f00:0001 0:0:0:0:0:ffff:127.0.0.1
0000:0000:0000:0000:0000:ffff:7f00:0001 ::ffff:10.0.0.1 ::ffff:a00:1 ::ffff:100.64.0.1 ::ffff:169.254.169.254
::ffff:a9fe:a9fe ::ffff:172.16.0.1 ::ffff:192.168.0.1 ::ffff:c0a8:1 ::ffff:224.0.0.1 ::ffff:255.255.255.255
::ffff:8.8.8.8 ::ffff:0:127.0.0.1 ::ffff:0:7f00:1 ::ffff:0:10.0.0.1 ::fffe:7f00:1
64:ff9b::0.0.0.0 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::192.168.1.1
64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1::127.0.0.1 64:ff9b:1:ffff:ffff:ffff:ffff:ffff 0064:ff9b:0000:0000:0000:0000:7f00:0001
100:: 100::1 100::ffff:ffff:ffff:ffff 100:0:0:1::1 200::1 400::1 1000::1 1fff::1
2001:: 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:0:7f00:1:: 2001:0:a9fe:a9fe::1 2001:0:ffff:ffff::1
2001:1::1 2001:1::2 2001:2::1 2001:2:0:ffff::1 2001:3::1 2001:4:112::1 2001:10::1 2001:1f::1 2001:20::1 2001:2f:ffff::1
2001:30::1 2001:1ff:ffff::1 2001:db8:: 2001:db8::1 2001:DB8::1 2001:0db8:0000:0000:0000:0000:0000:0001 2001:db8:ffff:ffff::1
2002:: 2002:7f00:1:: 2002:7f00:1::1 2002:7f00:0001::7f00:0001 2002:a00:1:: 2002:a9fe:a9fe::1 2002:c0a8:101::1 2002:808:808::1
2002:ffff:ffff::1 3ffe::1 3ffe:ffff::1 3fff:: 3fff::1 3fff:fff:ffff::1
4000::1 5f00::1 5fff::1 6000::1 8000::1 a000::1 c000::1 e000::1 f000::1 f800::1 fb00::1 fbff:ffff::1
fc00:: fc00::1 fc12:3456::1 fd00::1 fd00:ec2::254 fd12:3456:789a::1 fd20:ce::254 fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
fe00::1 fe7f::1 fe80:: fe80::1 FE80::1 fe80::5efe:10.0.0.1 fe80::a9fe:a9fe febf::1 febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff
fec0:: fec0::1 fec0:0:0:ffff::1 fed0::1 feff::1 feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
ff00::1 ff01::1 ff02::1 ff02::2 ff02::fb ff05::2 ff0e::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
""".split()  # noqa: SIM905 - a list with one quoted address per line would be four pages long
"""Addresses in the forms that a name server's answer may have."""

SPELLINGS = """
2130706433 017700000001 0x7f000001 0X7F000001 0x7f.0.0.1 0x7f.0x0.0x0.0x1 0177.0.0.1 0177.0.0.01 00177.0.0.1 127.0.0.01
127.1 127.0.1 127.65535 0x7f.1 0177.1 0x7f.0.1 127.0x1 127.0.0.0x1 127.0.0.1. 127.1. 2130706433. 0 0. 0x0 0.0 00.0.0.0
3232235521 167772161 2886729729 2852039166 0xa9fea9fe 0251.0376.0251.0376 0xa9.0xfe.0xa9.0xfe 169.16689662 169.254.43518
10.1 010.0.0.1 012.0.0.1 192.168.1 192.168.257 172.1048577 4294967295 4294967296 6425673729 1.2.3 1.2.3.4.5 256.256.256.256
127.0.0.256 127.0.0.-1 127..0.0.1 127.0.0.1.. 0x 1.0x 127.0.0.1x.1 ①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 127．0．0．1
127｡0｡0｡1 １６９。２５４。１６９。２５４ 𝟏𝟐𝟕.𝟎.𝟎.𝟏 ²¹³⁰⁷⁰⁶⁴³³ 127%2e0%2e0%2e1 127.0.0.1%00 %31%32%37.0.0.1 127.0.0.1%2f
localhost LOCALHOST localhost. lOcAlHoSt foo.localhost a.b.localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ
[::1%25lo] [fe80::1%25eth0] [fe80::1%eth0] [2606:4700::1111%25eth0] [::1%lo] [127.0.0.1] [v1.fe80] [localhost] [::1 ::1]
[::ffff:127.1] [::ffff:0x7f.0.0.1] [0:0:0:0:0:0:0:0:1] [::ffff:127.0.0.1.] [::ffff:0177.0.0.1] [::127.0.0.1%25lo]
""".split()  # noqa: SIM905 - a list with one quoted address per line would be four pages long
"""Hosts of URLs that some system might read as an address that must not be called, and hosts that are none."""

PUBLIC = """
1.0.0.0 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0
192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0
203.0.112.255 203.0.114.0 223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2001:db9::1 2003::1
2606:4700::1111 2620:fe::fe 2a00:1450:4001::1 3ffd::1 3fff:1000::1
""".split()  # noqa: SIM905 - a list with one quoted address per line would be four pages long
"""Public addresses, most of them next to a closed block."""


def in_url(host: str) -> str:
    """A URL with this host, IPv6 in its brackets."""
    return f"https://[{host}]/hook" if ":" in host and not host.startswith("[") else f"https://{host}/hook"


class TestWhyRefused:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_closes_what_is_not_public(self, address: str) -> None:
        assert why_refused(address)

    @pytest.mark.parametrize("address", PUBLIC)
    def test_lets_public_addresses_pass_up_to_the_edge_of_a_block(self, address: str) -> None:
        assert why_refused(address) is None

    @pytest.mark.parametrize("spelling", [*SPELLINGS, "", " ", "example.com", "1.1.1.1 ", "2606:4700::1111%eth0", "[::1]"])
    def test_closes_what_is_no_plain_address(self, spelling: str) -> None:
        assert why_refused(spelling, allow_private=True)

    @pytest.mark.parametrize(
        "address", ["127.0.0.1", "::1", "10.0.0.1", "172.17.0.1", "192.168.1.1", "fd12::1", "100.64.0.1"]
    )
    def test_opens_private_networks_on_request(self, address: str) -> None:
        assert why_refused(address)
        assert why_refused(address, allow_private=True) is None

    @pytest.mark.parametrize(
        "address",
        [
            *(
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
            ),
            *("0.1.2.3", "::", "224.0.0.1", "255.255.255.255", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1"),
            *("2001::1", "fec0::1", "4000::1"),
        ],
    )
    def test_never_opens_metadata_services_and_detours(self, address: str) -> None:
        assert why_refused(address, allow_private=True)

    @pytest.mark.parametrize(
        ("kind", "addresses"),
        [
            ("a loopback address", "127.0.0.1 ::1"),
            ("an address of a private network", "10.0.0.1 172.16.0.1 192.168.0.1 fd12::1"),
            ("an address of a carrier's private network", "100.64.0.1"),
            ("a cloud provider's metadata service", "100.100.100.200 168.63.129.16 fd00:ec2::254 fd20:ce::254"),
            ("an unspecified address", "0.1.2.3 ::"),
            ("a link-local address", "169.254.169.254 fe80::1"),
            ("a site-local address", "fec0::1"),
            ("a multicast address", "224.0.0.1 ff02::1"),
            ("a broadcast address", "255.255.255.255"),
            ("a reserved address", "192.0.0.8 198.18.0.1 240.0.0.1 100::1 2001:20::1 3ffe::1 5f00::1"),
            ("an address for documentation", "192.0.2.1 198.51.100.1 203.0.113.1 2001:db8::1 3fff::1"),
            ("an IPv4 address written as IPv6", "::ffff:127.0.0.1 ::ffff:0:7f00:1 ::7f00:1"),
            ("an address of an IPv4 translator (NAT64)", "64:ff9b::7f00:1 64:ff9b:1::1"),
            ("an address of an IPv4 tunnel (6to4)", "192.88.99.1 2002:7f00:1::1"),
            ("an address of an IPv4 tunnel (Teredo)", "2001::1"),
            ("an address that is not public", "4000::1 200::1 fe00::1"),
            ("an address that is tied to a network interface", "fe80::1%eth0 2606:4700::1111%eth0"),
            ("something other than a plain address", "127.1 example.com"),
        ],
    )
    def test_names_the_kind_by_the_narrowest_block(self, kind: str, addresses: str) -> None:
        assert {why_refused(address) for address in addresses.split()} == {kind}


class TestCheckUrl:
    @pytest.mark.parametrize("host", [*ADDRESSES, *SPELLINGS])
    def test_refuses_hosts_that_are_not_public(self, host: str) -> None:
        with pytest.raises(Refused):
            check_url(in_url(host))

    @pytest.mark.parametrize("address", PUBLIC)
    def test_accepts_public_addresses(self, address: str) -> None:
        assert check_url(in_url(address)).raw_host == address

    @pytest.mark.parametrize(
        ("url", "called"),
        [
            ("https://example.com", "https://example.com"),
            ("HTTP://EXAMPLE.com:8443/Hook?A=1", "http://example.com:8443/Hook?A=1"),
            ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
            ("https://a_b.example.com./x", "https://a_b.example.com./x"),
            ("https://example.com/a@b?mail=c@d.example", "https://example.com/a@b?mail=c@d.example"),
            ("https://discord.com/api/webhooks/1/t-o_k", "https://discord.com/api/webhooks/1/t-o_k"),
            ("https://0x.example/", "https://0x.example/"),
            ("https://3com.example:65535/", "https://3com.example:65535/"),
        ],
    )
    def test_answers_with_the_url_that_will_be_called(self, url: str, called: str) -> None:
        assert str(check_url(url)) == called

    @pytest.mark.parametrize(
        ("url", "because"),
        [
            ("ftp://example.com", "must begin with"),
            ("file:///etc/passwd", "must begin with"),
            ("gopher://example.com", "must begin with"),
            ("//example.com", "must begin with"),
            ("example.com/hook", "must begin with"),
            ("https:example.com", "must begin with"),
            ("https:/example.com", "must begin with"),
            ("javascript:alert(1)", "must begin with"),
            ("", "must begin with"),
            ("https://user:word@example.com/", "user name or a password"),
            ("https://user@example.com/", "user name or a password"),
            ("https://@example.com/", "user name or a password"),
            ("https://:@example.com/", "user name or a password"),
            ("https://example.com@127.0.0.1/", "user name or a password"),
            ("https:///hook", "names no host"),
            ("https://:8080/", "names no host|can't be read"),
            ("https://example.com:0/", "between 1 and 65535"),
            ("https://example.com:65536/", "can't be read"),
            ("https://example.com:http/", "can't be read"),
            ("https://example.com:-1/", "can't be read"),
            ("https://[::1", "can't be read"),
            (" https://example.com/", "a space"),
            ("https://example.com/a b", "a space"),
            ("https://example.com/\n", "a space"),
            ("https://example.com\\@127.0.0.1/", "a backslash"),
            ("https://example.com/\x00", "control character"),
            ("https://exam\u2028ple.com/", "a space"),
            ("https://a..example.com/", "not a valid name"),
            ("https://-a.example.com/", "not a valid name"),
            ("https://example.com%00.example/", "not a valid name"),
            (f"https://{'a' * 64}.example/", "not a valid name"),
            (f"https://{'abcdefg.' * 32}example/", "not a valid name"),
            (f"https://example.com/{'a' * 1_981}", "longer than 2,000"),
        ],
    )
    def test_says_in_a_sentence_what_is_wrong(self, url: str, because: str) -> None:
        with pytest.raises(Refused, match=because) as refused:
            check_url(url)

        assert str(refused.value).endswith(".")
        assert "\n" not in str(refused.value)
        assert "word" not in str(refused.value).replace("password", "")

    def test_accepts_exactly_2000_characters(self) -> None:
        url = f"https://example.com/{'a' * 1_980}"

        assert len(url) == 2_000
        assert str(check_url(url)) == url

    @pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "api.localhost", "192.168.1.5", "[fd00::1]"])
    def test_accepts_private_hosts_if_they_are_allowed(self, host: str) -> None:
        assert check_url(f"http://{host}:3000/hook", allow_private=True).port == 3000

    @pytest.mark.parametrize(
        "host", ["0177.0.0.1", "2130706433", "169.254.169.254", "[::ffff:127.0.0.1]", "0.1.2.3", "[v1.fe80]"]
    )
    def test_refuses_odd_spellings_and_metadata_even_then(self, host: str) -> None:
        with pytest.raises(Refused):
            check_url(f"http://{host}/", allow_private=True)
