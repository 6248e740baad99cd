// The service's own description, made from a table of its types. Written in a shorthand: `?` may be absent, `!` may be nil, `*` is a list's item.

import { sveaNamespace } from './fields.ts';

const basicRequests = {
  CreateOrderEuRequest: 'CreateOrderInformation?:CreateOrderInformation',
  DeliverOrderEuRequest: 'DeliverOrderInformation?:DeliverOrderInformation',
  CloseOrderEuRequest: 'CloseOrderInformation?:CloseOrderInformation',
  GetPaymentPlanParamsEuRequest: '',
  GetAccountCreditParamsEuRequest: '',
  GetCustomerAddressesRequest: 'IsCompany:boolean CountryCode?:string SecurityNumber?:string',
  GetOrdersRequest: 'ClientOrderNr?:string ClientOrderNrIncluded:boolean SveaOrderNr:long SveaOrderNrIncluded:boolean',
} as const;

const basicResponses = {
  CreateOrderEuResponse: 'ResultCode:int CreateOrderResult?:CreateOrderResult',
  DeliverOrderEuResponse: 'ResultCode:int DeliverOrderResult?:DeliverOrderResult',
  CloseOrderEuResponse: 'ResultCode:int',
  GetPaymentPlanParamsEuResponse: 'ResultCode:int CampaignCodes?:ArrayOfCampaignCodeInfo',
  GetAccountCreditParamsEuResponse: 'ResultCode:int AccountCreditCampaignCodes?:ArrayOfAccountCreditCampaignCodeInfo',
  GetCustomerAddressesResponse: 'RejectionCode:GetAddressesRejectionCode Addresses?:ArrayOfCustomerAddress',
  GetOrdersResponse: 'Orders?:ArrayOfOrderStatus RejectionCode:GetOrdersRejectionCode',
} as const;

const structures = {
  BasicRequest: 'Auth?:ClientAuthInfo',
  BasicResponse: 'Accepted:boolean ErrorMessage?:string',
  ClientAuthInfo: 'ClientNumber:int Username?:string Password?:string',
  CreateOrderInformation:
    'ClientOrderNumber?:string OrderRows?:ArrayOfOrderRow CustomerIdentity?:CustomerIdentity OrderDate:dateTime AddressSelector?:string CustomerReference?:string PeppolId?:string OrderDeliveryAddress?:Address OrderType:OrderType CreatePaymentPlanDetails?:CreatePaymentPlanDetails CreateAccountCreditDetails?:CreateAccountCreditDetails GroupReference?:string',
  ArrayOfOrderRow: 'OrderRow*:OrderRow',
  OrderRow:
    'ArticleNumber?:string Description?:string PricePerUnit:decimal PriceIncludingVat!:boolean NumberOfUnits:decimal Unit?:string VatPercent:decimal DiscountPercent:decimal DiscountAmount!:decimal DiscountAmountIncludingVat!:boolean TemporaryReference?:string RowType!:RowType',
  CustomerIdentity:
    'NationalIdNumber?:string Email?:string PhoneNumber?:string IpAddress?:string FullName?:string Street?:string CoAddress?:string ZipCode?:string HouseNumber?:string Locality?:string CountryCode?:string CustomerType:CustomerType PublicKey?:string IndividualIdentity?:IndividualIdentity CompanyIdentity?:CompanyIdentity',
  IndividualIdentity: 'FirstName?:string LastName?:string Initials?:string BirthDate?:string',
  CompanyIdentity: 'CompanyIdentification?:string CompanyVatNumber?:string',
  Address:
    'FullName?:string FirstName?:string LastName?:string Street?:string CoAddress?:string ZipCode?:string HouseNumber?:string Locality?:string CountryCode?:string',
  CreatePaymentPlanDetails:
    'CampaignCode!:long CoCustomerIdentity?:CustomerIdentity SendAutomaticGiroPaymentForm:boolean FixedMonthlyAmount!:decimal',
  CreateAccountCreditDetails: 'CampaignCode!:long',
  DeliverOrderInformation:
    'SveaOrderId:long OrderType:OrderType DeliverInvoiceDetails?:DeliverInvoiceDetails DeliverAccountCreditDetails?:DeliverAccountCreditDetails',
  DeliverInvoiceDetails:
    'NumberOfCreditDays:int InvoiceDistributionType!:InvoiceDistributionType IsCreditInvoice:boolean InvoiceIdToCredit!:long OrderRows?:ArrayOfOrderRow PrintType!:int Notes?:string',
  DeliverAccountCreditDetails: 'OrderRows?:ArrayOfOrderRow',
  CloseOrderInformation: 'SveaOrderId:long',
  CreateOrderResult:
    'SveaOrderId:long OrderType?:string SveaWillBuyOrder:boolean Amount:decimal CustomerIdentity?:CustomerIdentity ExpirationDate!:dateTime ClientOrderNumber?:string PendingReasons?:ArrayOfString NavigationResult?:NavigationResult',
  NavigationResult: 'RedirectUrl?:string',
  ArrayOfString: 'string*:string',
  DeliverOrderResult:
    'Amount:decimal OrderType:OrderType InvoiceResultDetails?:InvoiceResultDetails PaymentPlanResultDetails?:PaymentPlanResultDetails AccountCreditResultDetails?:AccountCreditResultDetails',
  InvoiceResultDetails:
    'InvoiceId:long DueDate:dateTime InvoiceDate:dateTime InvoiceDistributionType:InvoiceDistributionType Ocr?:string LowestAmountToPay:decimal',
  PaymentPlanResultDetails: 'ContractNumber:long',
  AccountCreditResultDetails: 'ContractNumber:long AccountCreditId:long',
  ArrayOfCampaignCodeInfo: 'CampaignCodeInfo*:CampaignCodeInfo',
  CampaignCodeInfo:
    'CampaignCode:long Description?:string PaymentPlanType:PaymentPlanTypeCode ContractLengthInMonths:int MonthlyAnnuityFactor:decimal InitialFee:decimal NotificationFee:decimal InterestRatePercent:decimal NumberOfInterestFreeMonths:int NumberOfPaymentFreeMonths:int FromAmount:decimal ToAmount:decimal',
  ArrayOfAccountCreditCampaignCodeInfo: 'AccountCreditCampaignCodeInfo*:AccountCreditCampaignCodeInfo',
  AccountCreditCampaignCodeInfo:
    'CampaignCode:long Description?:string InitialFee:decimal LowestAmountToPayPerMonth:decimal LowestPercentToPayPerMonth:decimal LowestOrderAmount:decimal InterestRatePercent:decimal NotificationFee:decimal',
  ArrayOfCustomerAddress: 'CustomerAddress*:CustomerAddress',
  CustomerAddress:
    'LegalName?:string SecurityNumber?:string PhoneNumber?:string AddressLine1?:string AddressLine2?:string Postcode:int Zipcode?:string Postarea?:string BusinessType:BusinessType AddressSelector?:string FirstName?:string LastName?:string',
  ArrayOfOrderStatus: 'OrderStatus*:OrderStatus',
  OrderStatus:
    'ClientOrderNr?:string IsActive:boolean CreationDate:dateTime ClosedDate!:dateTime SveaOrderNr:long WillBuyInvoices:boolean CurrentAmount:double ExpirationDate!:dateTime ValidCustomer?:ValidCustomer Invoices?:ArrayOfInvoiceStatus',
  ValidCustomer:
    'LegalName?:string SecurityNumber?:string PhoneNumber?:string AddressLine1?:string AddressLine2?:string Postcode:int Postarea?:string BusinessType:BusinessType',
  ArrayOfInvoiceStatus: 'InvoiceStatus*:InvoiceStatus',
  InvoiceStatus:
    'CreationDate:dateTime InvoiceAmountWithoutVat:double InvoiceVat:double CustomerId:long InvoiceNumber:long InvoiceDate:dateTime DueDate:dateTime',
} as const;

const enumerations = {
  OrderType: 'Invoice PaymentPlan Loan AccountCredit',
  CustomerType: 'Individual Company',
  RowType: 'Default AdjustmentRow GiftCard InvoiceFee',
  InvoiceDistributionType: 'NotDefined Post Email EInvoiceB2B Peppol Omni Omni20 Omni21 Omni22 Omni23 Omni24',
  PaymentPlanTypeCode: 'Standard InterestFree InterestAndAmortizationFree',
  GetAddressesRejectionCode: 'Error Accepted NoSuchEntity',
  GetOrdersRejectionCode: 'Error Accepted NoSearchParametersSupplied OrderDoesNotExist',
  BusinessType: 'Person Business Unknown GovernmentalOrganization Organization',
} as const;

/** Operation → type of its request (none: no request) and of its result. */
const operations = {
  CreateOrderEu: ['CreateOrderEuRequest', 'CreateOrderEuResponse'],
  DeliverOrderEu: ['DeliverOrderEuRequest', 'DeliverOrderEuResponse'],
  CloseOrderEu: ['CloseOrderEuRequest', 'CloseOrderEuResponse'],
  GetPaymentPlanParamsEu: ['GetPaymentPlanParamsEuRequest', 'GetPaymentPlanParamsEuResponse'],
  GetAccountCreditParamsEu: ['GetAccountCreditParamsEuRequest', 'GetAccountCreditParamsEuResponse'],
  GetAddresses: ['GetCustomerAddressesRequest', 'GetCustomerAddressesResponse'],
  GetOrders: ['GetOrdersRequest', 'GetOrdersResponse'],
  Ping: [null, 'string'],
} as const;

const primitives = new Set(['string', 'boolean', 'int', 'long', 'decimal', 'double', 'dateTime']);
const httpTransport = 'http://schemas.xmlsoap.org/soap/http';

/** The whole description, with this address in both bindings. */
export function wsdlText(address: string): string {
  const names = Object.keys(operations);
  return `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:tns="${sveaNamespace}" targetNamespace="${sveaNamespace}">
<wsdl:types>${schemaText()}</wsdl:types>
${names.map(messages).join('\n')}
<wsdl:portType name="WebPaySoap">${names.map(portOperation).join('')}</wsdl:portType>
${binding('WebPaySoap', 'soap')}
${binding('WebPaySoap12', 'soap12')}
<wsdl:service name="WebPay">
<wsdl:port name="WebPaySoap" binding="tns:WebPaySoap"><soap:address location="${address}"/></wsdl:port>
<wsdl:port name="WebPaySoap12" binding="tns:WebPaySoap12"><soap12:address location="${address}"/></wsdl:port>
</wsdl:service>
</wsdl:definitions>
`;
}

/** The schema alone: what every message is valid against. */
export function schemaText(): string {
  const parts = [
    ...Object.entries(operations).map(([name, types]) => operationElements(name, types)),
    ...Object.entries(structures).map(([name, fields]) => complexType(name, sequence(fields))),
    ...Object.entries(basicRequests).map(([name, fields]) => complexType(name, extension('BasicRequest', fields))),
    ...Object.entries(basicResponses).map(([name, fields]) => complexType(name, extension('BasicResponse', fields))),
    ...Object.entries(enumerations).map(([name, values]) => simpleType(name, values.split(' '))),
  ];
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${sveaNamespace}" elementFormDefault="qualified" targetNamespace="${sveaNamespace}">\n${parts.join('\n')}\n</xs:schema>`;
}

function operationElements(name: string, [request, result]: readonly [string | null, string]): string {
  const asked = request === null ? '<xs:sequence/>' : sequence(`request?:${request}`);
  return [
    `<xs:element name="${name}"><xs:complexType>${asked}</xs:complexType></xs:element>`,
    `<xs:element name="${name}Response"><xs:complexType>${sequence(`${name}Result?:${result}`)}</xs:complexType></xs:element>`,
  ].join('\n');
}

function complexType(name: string, inner: string): string {
  return `<xs:complexType name="${name}">${inner}</xs:complexType>`;
}

function extension(base: string, fields: string): string {
  return `<xs:complexContent><xs:extension base="tns:${base}">${sequence(fields)}</xs:extension></xs:complexContent>`;
}

function simpleType(name: string, values: readonly string[]): string {
  const all = values.map((value) => `<xs:enumeration value="${value}"/>`).join('');
  return `<xs:simpleType name="${name}"><xs:restriction base="xs:string">${all}</xs:restriction></xs:simpleType>`;
}

function sequence(fields: string): string {
  const elements = fields.split(' ').filter((field) => field !== '');
  return `<xs:sequence>${elements.map(elementText).join('')}</xs:sequence>`;
}

function elementText(field: string): string {
  const [, name = '', mark, type = ''] = /^(\w+)([?!*]?):(\w+)$/u.exec(field) ?? [];
  const occurs = {
    '': 'minOccurs="1" maxOccurs="1"',
    '?': 'minOccurs="0" maxOccurs="1"',
    '!': 'minOccurs="1" maxOccurs="1" nillable="true"',
    '*': 'minOccurs="0" maxOccurs="unbounded" nillable="true"',
  }[mark ?? ''];
  return `<xs:element ${occurs ?? ''} name="${name}" type="${primitives.has(type) ? 'xs' : 'tns'}:${type}"/>`;
}

function messages(name: string): string {
  return `<wsdl:message name="${name}SoapIn"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message>
<wsdl:message name="${name}SoapOut"><wsdl:part name="parameters" element="tns:${name}Response"/></wsdl:message>`;
}

function portOperation(name: string): string {
  return `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}SoapIn"/><wsdl:output message="tns:${name}SoapOut"/></wsdl:operation>`;
}

function binding(port: string, prefix: 'soap' | 'soap12'): string {
  const body = `<${prefix}:body use="literal"/>`;
  const all = Object.keys(operations).map(
    (name) =>
      `<wsdl:operation name="${name}"><${prefix}:operation soapAction="${sveaNamespace}/${name}" style="document"/><wsdl:input>${body}</wsdl:input><wsdl:output>${body}</wsdl:output></wsdl:operation>`,
  );
  return `<wsdl:binding name="${port}" type="tns:WebPaySoap"><${prefix}:binding transport="${httpTransport}"/>${all.join('')}</wsdl:binding>`;
}
